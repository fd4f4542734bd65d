@NullMarked
package io.heliograph.gateway.booking.hearing;

import org.jspecify.annotations.NullMarked;
