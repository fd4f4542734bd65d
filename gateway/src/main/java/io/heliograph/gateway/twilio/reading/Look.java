package io.heliograph.gateway.twilio.reading;

import io.heliograph.gateway.twilio.words.TwilioMessage;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a list found, in the direction that was asked for.
 *
 * @param end the last message that was looked at, where nobody knows what comes after it; null when there is nothing more to look at, or
 *     as many were found as were wanted
 */
record Look(List<TwilioMessage> found, @Nullable UUID end) {}
