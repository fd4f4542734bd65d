package io.heliograph.worker.sms;

import io.heliograph.worker.provider.Meaning;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Unknown;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides what an answer that is not a created message means. */
final class TwilioAnswers {
    private TwilioAnswers() {}

    /**
     * {@code code} is null when the body was not Twilio's JSON. A server error is unknown whatever its body says:
     * Twilio may have taken the message before it failed. So is anything that is not Twilio speaking (a proxy's page,
     * a redirect): it says nothing about the message.
     */
    static Outcome classify(int httpStatus, @Nullable Integer code, Duration retryAfter) {
        if (httpStatus == 429) {
            return Meaning.BUSY.outcome(codeOr(code, httpStatus), retryAfter);
        }
        if (httpStatus == 401 || (httpStatus == 403 && code == null)) {
            return Meaning.SHUT_OUT.outcome(codeOr(code, httpStatus), retryAfter);
        }
        if (code == null || httpStatus < 400 || httpStatus >= 500) {
            return new Unknown("http_" + httpStatus);
        }
        return byCode(code, retryAfter);
    }

    private static Outcome byCode(int code, Duration retryAfter) {
        Meaning meaning = TwilioCodes.of(code);
        // A 4xx with a code that is new to us is still a refusal: Twilio took nothing, and would not next time.
        return (meaning == null ? Meaning.PERMANENT : meaning).outcome(Integer.toString(code), retryAfter);
    }

    private static String codeOr(@Nullable Integer code, int httpStatus) {
        return code == null ? "http_" + httpStatus : Integer.toString(code);
    }
}
