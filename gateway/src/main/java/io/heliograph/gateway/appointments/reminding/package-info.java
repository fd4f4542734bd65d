/** Sends what is due before and after visits. */
@NullMarked
package io.heliograph.gateway.appointments.reminding;

import org.jspecify.annotations.NullMarked;
