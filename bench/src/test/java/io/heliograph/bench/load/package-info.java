@NullMarked
package io.heliograph.bench.load;

import org.jspecify.annotations.NullMarked;
