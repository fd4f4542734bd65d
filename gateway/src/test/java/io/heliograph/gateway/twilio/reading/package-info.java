/** Tests of lists as Twilio has them, beside the database. */
@NullMarked
package io.heliograph.gateway.twilio.reading;

import org.jspecify.annotations.NullMarked;
