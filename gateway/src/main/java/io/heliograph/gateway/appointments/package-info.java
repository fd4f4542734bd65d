/** Visits to doctors: booked, moved, ended, and told of. A change without its notice can neither be written here nor be stored. */
@NullMarked
package io.heliograph.gateway.appointments;

import org.jspecify.annotations.NullMarked;
