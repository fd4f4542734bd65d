@NullMarked
package io.heliograph.relay.care;

import org.jspecify.annotations.NullMarked;
