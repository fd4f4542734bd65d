package io.heliograph.gateway.sos.ending;

import io.heliograph.gateway.sos.requests.RequestStatus;
import io.heliograph.gateway.sos.requests.SosRequest;
import java.time.OffsetDateTime;
import java.util.Locale;

/** Why nothing is needed any more: on that depends who is told. */
enum HowEnded {
    /** By donors who are about to help. */
    FULFILLED,
    /** By its account. */
    CLOSED,
    /** By nobody, until nobody could answer any more. */
    EXPIRED;

    static HowEnded of(SosRequest request) {
        if (request.status() != RequestStatus.CLOSED) {
            return FULFILLED;
        }
        OffsetDateTime endedAt = request.endedAt();
        return endedAt == null || endedAt.isBefore(request.tokenExpiresAt()) ? CLOSED : EXPIRED;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
