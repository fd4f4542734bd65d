/** What nobody sees from outside of booking by writing. */
@NullMarked
package io.heliograph.gateway.booking;

import org.jspecify.annotations.NullMarked;
