package io.heliograph.gateway.notifications.verifications;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.messages.fields.Estimates;
import io.heliograph.gateway.messages.fields.MessageFields.Origin;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.verifications.codes.CodeText;
import io.heliograph.gateway.notifications.verifications.codes.Digits;
import io.heliograph.gateway.notifications.verifications.issuing.Issue;
import io.heliograph.gateway.notifications.verifications.issuing.Limits;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which code to send to whom. Throws the problem of a body that cannot be done, with all its mistakes. */
final class VerificationFields {
    private static final Pattern PURPOSE = Pattern.compile("[a-z0-9_]{1,40}");
    private static final Duration EXPIRY_MIN = Duration.ofMinutes(1);
    private static final Duration EXPIRY_MAX = Duration.ofDays(1);
    private static final Duration EXPIRY = Duration.ofMinutes(10);
    private static final int LENGTH = 6;

    private final Catalog catalog;
    private final CodeTextFields texts;
    private final Digits digits;
    private final Estimates estimates;
    private final LongFunction<Limits> limits;
    private final Supplier<UUID> ids;

    VerificationFields(
            Recipients recipients,
            Catalog catalog,
            Digits digits,
            Estimates estimates,
            LongFunction<Limits> limits,
            Supplier<UUID> ids) {
        this.catalog = catalog;
        this.texts = new CodeTextFields(recipients, catalog);
        this.digits = digits;
        this.estimates = estimates;
        this.limits = limits;
        this.ids = ids;
    }

    /** Comes before everything that writes a text. */
    Future<Void> ready(long accountId) {
        return catalog.ready(accountId);
    }

    Issue read(JsonObject body, AcceptIntent.@Nullable Key key, Origin origin) {
        JsonFields fields = new JsonFields(body, "");
        String purpose = purpose(fields);
        int length = fields.integer("length", LENGTH, Digits.LENGTH_MIN, Digits.LENGTH_MAX);
        Duration expiry = fields.duration("expires_in", EXPIRY_MIN, EXPIRY_MAX);
        Duration lives = expiry == null ? EXPIRY : expiry;
        String clientIp = ClientIps.read(fields);
        CodeText text = texts.read(fields, origin.accountId());
        var mistakes = fields.mistakes();
        if (text == null || !mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return issue(text, new Wanted(purpose, length, lives, clientIp, key, null), origin);
    }

    /** Another code of a verification, as it was asked for first, and for whom, unless the body says for whom this time. */
    Issue again(Row row, JsonObject body, Origin origin) {
        JsonFields fields = new JsonFields(body, "");
        String clientIp = ClientIps.read(fields);
        var mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        CodeText text = texts.of(row, origin.accountId());
        Duration left = Duration.between(row.getOffsetDateTime("now"), row.getOffsetDateTime("expires_at"));
        return issue(
                text,
                new Wanted(
                        row.getString("purpose"),
                        row.getInteger("code_length"),
                        left,
                        clientIp == null ? row.getJsonObject("wording").getString("client_ip") : clientIp,
                        null,
                        row.getUUID("id")),
                origin);
    }

    private record Wanted(
            String purpose,
            int length,
            Duration lives,
            @Nullable String clientIp,
            AcceptIntent.@Nullable Key key,
            @Nullable UUID again) {}

    private Issue issue(CodeText text, Wanted wanted, Origin origin) {
        if (!text.fitsWhatIsRegistered(wanted.length(), wanted.lives())) {
            throw Problem.of(
                            ProblemCode.DLT_MISMATCH,
                            "India's operators would refuse it: the text does not fit the pattern that the template is registered with.")
                    .exception();
        }
        CodeText.Way way = text.first();
        Duration delay = estimates.delay(origin.accountId(), way.channel(), way.to(), Lane.CRITICAL, wanted.lives());
        if (wanted.again() == null && delay.compareTo(wanted.lives()) >= 0) {
            throw Problem.of(
                            ProblemCode.WOULD_EXPIRE,
                            "It would expire: it could be sent in about " + Math.max(1, delay.toSeconds()) + " s.")
                    .exception();
        }
        OffsetDateTime estimated = origin.now().plus(delay);
        return new Issue(
                origin.id(),
                ids.get(),
                origin.accountId(),
                wanted.purpose(),
                way.channel() == Channel.EMAIL ? null : Recipients.callingCode(way.to()),
                wanted.clientIp(),
                digits.draw(wanted.length()),
                wanted.lives(),
                text,
                limits.apply(origin.accountId()),
                wanted.key(),
                wanted.again(),
                estimated);
    }

    private static String purpose(JsonFields fields) {
        String purpose = fields.text("purpose", Integer.MAX_VALUE);
        if (purpose != null && !PURPOSE.matcher(purpose).matches()) {
            fields.mistake(
                    "purpose",
                    ProblemCode.NOT_ALLOWED,
                    "purpose must be a word of 1 to 40 small letters, digits and _, such as login.");
        }
        return purpose == null ? "verification" : purpose;
    }
}
