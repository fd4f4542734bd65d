package io.heliograph.gateway.sos.replies;

import io.heliograph.gateway.sos.requests.RequestStatus;
import io.heliograph.gateway.sos.telling.Say;

/**
 * What a donor's word changes. Pure.
 *
 * @param reveals whether the patient gets to know of the donor
 * @param withdraws whether the patient, who knows, must not count on the donor any more
 * @param say what the donor is answered
 */
record Step(boolean isYes, boolean shared, boolean reveals, boolean withdraws, Say say) {

    /** {@code wasShared}: the patient knows of the donor. Nobody is revealed for a request that is over. */
    static Step of(RequestStatus status, boolean wasShared, boolean isYes, boolean share) {
        if (!isYes) {
            return new Step(false, false, false, wasShared, Say.REPLY_NO);
        }
        if (wasShared) {
            return new Step(true, true, false, false, Say.REPLY_SHARED);
        }
        if (status != RequestStatus.OPEN) {
            return new Step(true, false, false, false, Say.REPLY_LATE);
        }
        return share
                ? new Step(true, true, true, false, Say.REPLY_SHARED)
                : new Step(true, false, false, false, Say.REPLY_YES);
    }
}
