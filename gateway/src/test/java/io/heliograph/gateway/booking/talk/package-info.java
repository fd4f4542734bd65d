@NullMarked
package io.heliograph.gateway.booking.talk;

import org.jspecify.annotations.NullMarked;
