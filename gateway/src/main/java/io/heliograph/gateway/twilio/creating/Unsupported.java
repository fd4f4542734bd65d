package io.heliograph.gateway.twilio.creating;

import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.twilio.words.Form;
import io.heliograph.gateway.twilio.words.TwilioErrors;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What Twilio would do and this API does not is refused by name, never dropped. Not here: what Twilio itself ignores (MaxPrice, Attempt,
 * ForceDelivery, TrafficType, Tags, ...), and what needs nothing done (ProvideFeedback: feedback is always taken).
 */
final class Unsupported {
    /** The values of a parameter that ask for nothing unusual. */
    private static final Map<String, List<String>> HARMLESS = Map.of(
            "AddressRetention", List.of("retain"),
            "ContentRetention", List.of("retain"),
            "PersistentAction", List.of(),
            "SendAsMms", List.of("false"),
            "ShortenUrls", List.of("false"));

    private Unsupported() {}

    /** Throws Twilio's error about the first parameter that is not supported. */
    static void check(Form form) {
        if (form.text("ContentSid") != null) {
            throw TwilioErrors.of(
                    ProblemCode.NOT_ALLOWED, 21655, "The ContentSid is invalid: send the text itself as Body.");
        }
        if (form.text("ContentVariables") != null) {
            throw TwilioErrors.of(ProblemCode.NOT_ALLOWED, 21654, "ContentSid Required");
        }
        if (form.text("FallbackFrom") != null) {
            throw TwilioErrors.of(ProblemCode.NOT_ALLOWED, 21664, "FallbackFrom is not supported");
        }
        if (form.text("ApplicationSid") != null && form.text("StatusCallback") == null) {
            throw TwilioErrors.invalidParameter("ApplicationSid is not supported: send StatusCallback instead.");
        }
        HARMLESS.forEach((name, harmless) -> {
            String value = form.text(name);
            if (value != null && !harmless.contains(value.toLowerCase(Locale.ROOT))) {
                throw TwilioErrors.invalidParameter(name + " is not supported with this value.");
            }
        });
    }
}
