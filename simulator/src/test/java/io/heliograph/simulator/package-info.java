@NullMarked
package io.heliograph.simulator;

import org.jspecify.annotations.NullMarked;
