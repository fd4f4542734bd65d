/** YAML whose mistakes have lines and paths, and quote no value. Knows nothing of what the file is about. */
@NullMarked
@CheckReturnValue
package io.heliograph.providers.yaml;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
