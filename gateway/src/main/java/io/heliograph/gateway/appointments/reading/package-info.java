/** Shows visits, their history, and what was told of them. */
@NullMarked
package io.heliograph.gateway.appointments.reading;

import org.jspecify.annotations.NullMarked;
