@NullMarked
package io.heliograph.simulator.script;

import org.jspecify.annotations.NullMarked;
