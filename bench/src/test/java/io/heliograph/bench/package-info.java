@NullMarked
package io.heliograph.bench;

import org.jspecify.annotations.NullMarked;
