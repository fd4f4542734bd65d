@NullMarked
package io.heliograph.bench.workers;

import org.jspecify.annotations.NullMarked;
