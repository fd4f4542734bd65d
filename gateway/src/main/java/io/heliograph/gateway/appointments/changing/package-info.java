/** Every change of a visit, in one transaction with its history, its notices and its reminders. */
@NullMarked
package io.heliograph.gateway.appointments.changing;

import org.jspecify.annotations.NullMarked;
