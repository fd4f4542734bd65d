@NullMarked
package io.heliograph.torture.strike;

import org.jspecify.annotations.NullMarked;
