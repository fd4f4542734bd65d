/** When a doctor can be visited. Pure. */
@NullMarked
package io.heliograph.gateway.appointments.schedules;

import org.jspecify.annotations.NullMarked;
