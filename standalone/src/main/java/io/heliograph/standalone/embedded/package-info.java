/** A PostgreSQL and a broker of our own, and the directory in which they keep what has to last. */
@NullMarked
@CheckReturnValue
package io.heliograph.standalone.embedded;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
