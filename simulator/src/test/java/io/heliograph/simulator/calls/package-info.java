@NullMarked
package io.heliograph.simulator.calls;

import org.jspecify.annotations.NullMarked;
