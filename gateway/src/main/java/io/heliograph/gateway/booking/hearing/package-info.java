/** What a person may have meant by what they wrote: days, times, commands, symptoms. Pure, and bounded however long it was. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.booking.hearing;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
