package io.heliograph.gateway.twilio.creating;

import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem.ProblemException;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.twilio.words.TwilioErrors;

/** What is wrong with a field of ours, as Twilio tells it of its parameter. */
final class MistakeWords {
    private MistakeWords() {}

    static ProblemException asTwilio(FieldMistake mistake) {
        ProblemCode code = mistake.code();
        boolean missing = code == ProblemCode.MISSING || code == ProblemCode.EMPTY;
        return switch (mistake.at().split("/", 3)[1]) {
            case "to" ->
                missing
                        ? TwilioErrors.of(code, 21604, "A 'To' phone number is required.")
                        : TwilioErrors.of(code, 21211, "Invalid 'To' Phone Number");
            case "from" -> TwilioErrors.of(code, 21212, "Invalid From Number (caller ID)");
            case "text" -> aboutBody(code, missing);
            case "media_urls" ->
                code == ProblemCode.TOO_MANY
                        ? TwilioErrors.of(code, 21623, "Number of media files exceeds allowed limit")
                        : TwilioErrors.of(code, 21620, "Invalid media URL(s)");
            case "valid_for" ->
                code == ProblemCode.WOULD_EXPIRE
                        ? TwilioErrors.of(code, 21611, "The message would expire in the queue before it can be sent")
                        : TwilioErrors.of(code, 21624, "Invalid validity period");
            case "send_at" -> TwilioErrors.of(code, 35114, "Scheduling does not support this timestamp");
            default -> TwilioErrors.invalidParameter(mistake.detail());
        };
    }

    private static ProblemException aboutBody(ProblemCode code, boolean missing) {
        if (missing) {
            return TwilioErrors.of(code, 21602, "Message body is required");
        }
        return code == ProblemCode.TOO_LONG
                ? TwilioErrors.of(code, 21617, "The concatenated message body exceeds the 1600 character limit")
                : TwilioErrors.of(code, 20001, "Body holds characters that cannot be stored");
    }
}
