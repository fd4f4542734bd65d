package io.heliograph.gateway.notifications.verifications.issuing;

import io.heliograph.contract.Lane;
import io.heliograph.gateway.notifications.verifications.codes.CodeKeys;
import io.heliograph.gateway.notifications.verifications.codes.CodeText;
import io.heliograph.gateway.notifications.verifications.codes.Verification;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.outbox.Recourse;
import io.heliograph.gateway.outbox.TwilioExtras;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A code with its message, as they are stored.
 *
 * @param after the verification once it is sent
 * @param codeHash under the verification's id
 */
record Sending(Issue issue, Verification after, boolean isNew, Buffer codeHash, NewMessage message) {
    /** A code that comes twice does no harm, and one that does not come keeps its person waiting. */
    private static final String ON_UNKNOWN = "resend";

    static Sending of(Issue issue, Admission.Verdict.Send verdict, OffsetDateTime now, CodeKeys keys) {
        Verification after = verdict.after();
        Duration validFor = Duration.between(now, after.expiresAt());
        int length = issue.code().length();
        CodeText.Way way = issue.text().first();
        CodeText.Written written = issue.text().write(length, validFor);
        JsonArray fallback = issue.text().fallback(length, validFor);
        OffsetDateTime estimated = issue.estimatedSendAt().isBefore(now) ? now : issue.estimatedSendAt();
        NewMessage message = new NewMessage(
                issue.messageId(),
                issue.accountId(),
                way.channel(),
                Lane.CRITICAL,
                way.to(),
                written.sender(),
                written.text(),
                null,
                written.content(),
                written.segments().count(),
                written.segments().encoding(),
                null,
                estimated.truncatedTo(ChronoUnit.MILLIS),
                validFor,
                ON_UNKNOWN,
                null,
                null,
                null,
                new Recourse(null, null, fallback),
                TwilioExtras.NONE,
                null);
        return new Sending(issue, after, verdict.isNew(), keys.hash(after.id(), issue.code()), message);
    }

    @Nullable
    String fallback() {
        JsonArray fallback = message.recourse().fallback();
        return fallback == null ? null : fallback.encode();
    }

    /** Names nobody, and tells no code. */
    @Override
    public String toString() {
        return issue.toString();
    }
}
