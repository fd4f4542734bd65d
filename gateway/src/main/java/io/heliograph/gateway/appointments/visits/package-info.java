/** A visit, its states, and what is told of it when. */
@NullMarked
package io.heliograph.gateway.appointments.visits;

import org.jspecify.annotations.NullMarked;
