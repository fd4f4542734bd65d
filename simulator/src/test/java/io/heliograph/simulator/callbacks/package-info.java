@NullMarked
package io.heliograph.simulator.callbacks;

import org.jspecify.annotations.NullMarked;
