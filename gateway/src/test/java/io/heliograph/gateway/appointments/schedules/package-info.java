@NullMarked
package io.heliograph.gateway.appointments.schedules;

import org.jspecify.annotations.NullMarked;
