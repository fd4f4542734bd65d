package io.heliograph.gateway.booking.symptoms;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A language model that is asked over HTTP what a text means.
 *
 * @param token is sent along, if there is one
 * @param timeout for all of a call
 */
public record SymptomModel(String url, @Nullable String token, Duration timeout) {
    /** Without what it is called with. */
    @Override
    public String toString() {
        return "symptom model";
    }
}
