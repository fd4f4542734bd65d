@NullMarked
package io.heliograph.relay.retention;

import org.jspecify.annotations.NullMarked;
