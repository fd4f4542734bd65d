/** What a person asks of a gateway that runs, from a command line. */
@NullMarked
@CheckReturnValue
package io.heliograph.standalone.commands;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
