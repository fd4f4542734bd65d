@NullMarked
package io.heliograph.relay.publish;

import org.jspecify.annotations.NullMarked;
