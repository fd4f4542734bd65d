@NullMarked
package io.heliograph.gateway.booking.lines;

import org.jspecify.annotations.NullMarked;
