package io.heliograph.worker.push;

import static io.heliograph.worker.provider.Meaning.CONFIGURATION;
import static io.heliograph.worker.provider.Meaning.MUCH_LATER;
import static io.heliograph.worker.provider.Meaning.PERMANENT;
import static io.heliograph.worker.provider.Meaning.SHUT_OUT;

import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.Meaning;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Refused;
import io.heliograph.worker.provider.Outcome.Unknown;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** What push services say, which is HTTP's statuses and nothing else: RFC 8030, and what the services document beside it. */
final class WebPushCodes {
    /** It has the message: at once, or, 202, for later. */
    private static final Set<Integer> ACCEPTED = Set.of(201, 202);

    /** The browser has ended its subscription, or there never was one. */
    private static final Set<Integer> GONE = Set.of(404, 410);

    private static final Map<Integer, Meaning> MEANINGS = Map.of(
            400, CONFIGURATION, // not as the service wants it, or for other keys than the subscription's (Apple)
            401, SHUT_OUT, // the signature is not taken: no subscription's fault
            403, CONFIGURATION, // the subscription was made with another pair of keys
            413, PERMANENT, // larger than the service takes
            // Too much at once, for the service or for this browser: the message waits, and all others go on. Whoever
            // has
            // subscribed a host of his own could slow down everybody's with it otherwise.
            429, MUCH_LATER);

    private WebPushCodes() {}

    static boolean isAccepted(int status) {
        return ACCEPTED.contains(status);
    }

    /** Of what was not accepted. A 5xx may have come after the deed, and neither a page nor a redirect is a push service's. */
    static Outcome of(int status, Duration retryAfter) {
        String code = "http_" + status;
        if (GONE.contains(status)) {
            return gone(code);
        }
        if (status < 400 || status >= 500) {
            return new Unknown(code);
        }
        return MEANINGS.getOrDefault(status, PERMANENT).outcome(code, retryAfter);
    }

    static Outcome gone(String code) {
        return new Refused(code, Reason.SUBSCRIPTION_GONE);
    }
}
