@NullMarked
package io.heliograph.simulator.http;

import org.jspecify.annotations.NullMarked;
