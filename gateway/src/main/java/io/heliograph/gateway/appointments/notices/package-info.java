/** Writes what a patient is told. */
@NullMarked
package io.heliograph.gateway.appointments.notices;

import org.jspecify.annotations.NullMarked;
