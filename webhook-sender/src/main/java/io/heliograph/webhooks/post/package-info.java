/** One POST to a stranger's host: bounded in time and size, to the address that was checked, and nowhere else. */
@NullMarked
@CheckReturnValue
package io.heliograph.webhooks.post;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
