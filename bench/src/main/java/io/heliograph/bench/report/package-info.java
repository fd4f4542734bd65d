/** What was measured and what was asked, as a table and as JSON. */
@NullMarked
@CheckReturnValue
package io.heliograph.bench.report;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
