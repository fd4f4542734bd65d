/** What is done to the providers and when, and how soon the traffic finds its way round it. */
@NullMarked
@CheckReturnValue
package io.heliograph.torture.brownout;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
