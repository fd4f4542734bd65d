/** Which of an account's senders are well, and which one a message comes from while some are not. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker.senders;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
