@NullMarked
package io.heliograph.relay;

import org.jspecify.annotations.NullMarked;
