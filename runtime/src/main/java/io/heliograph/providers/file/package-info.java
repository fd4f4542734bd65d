/** Reads the file of providers, tells all its mistakes with their lines, and sees when it changes. */
@NullMarked
@CheckReturnValue
package io.heliograph.providers.file;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
