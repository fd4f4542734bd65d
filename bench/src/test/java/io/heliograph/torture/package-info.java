@NullMarked
package io.heliograph.torture;

import org.jspecify.annotations.NullMarked;
