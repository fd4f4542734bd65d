/** What happens to messages, as customers are told of it: the same in webhooks, in streams and over the API. */
@NullMarked
@CheckReturnValue
package io.heliograph.events;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
