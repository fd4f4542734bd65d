package io.heliograph.gateway.messages.reading;

import io.heliograph.contract.MessageStatus;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.gateway.messages.fields.EmailAddress;
import io.heliograph.gateway.messages.fields.MessageFields;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.runtime.Ids;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which messages to list. Ids are bounds: {@code before} is outside, {@code from} inside. */
record MessageFilter(
        UUID before,
        UUID from,
        @Nullable String status,
        @Nullable String recipient,
        @Nullable String reference,
        @Nullable String providerMessageId,
        @Nullable UUID campaignId,
        int limit) {
    static final int LIMIT_MAX = 200;
    private static final int LIMIT_DEFAULT = 50;
    private static final int PROVIDER_MESSAGE_ID_LENGTH_MAX = 200;
    private static final List<String> STATUSES =
            Arrays.stream(MessageStatus.values()).map(MessageStatus::word).toList();

    /** Throws the problem of a query that is not one, with all its mistakes. */
    static MessageFilter read(MultiMap parameters, Recipients recipients) {
        QueryFields query = new QueryFields(parameters);
        UUID createdBefore = floor(query.time("created_before"), Ids.LAST);
        UUID cursor = query.cursor("cursor");
        MessageFilter filter = new MessageFilter(
                cursor == null || Ids.ORDER.compare(createdBefore, cursor) < 0 ? createdBefore : cursor,
                floor(query.time("created_after"), Ids.FIRST),
                query.oneOf("status", STATUSES),
                recipient(query, recipients),
                query.text("reference", MessageFields.REFERENCE_LENGTH_MAX),
                query.text("provider_message_id", PROVIDER_MESSAGE_ID_LENGTH_MAX),
                campaignId(query),
                query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX));
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return filter;
    }

    private static @Nullable UUID campaignId(QueryFields query) {
        String text = query.text("campaign_id", Integer.MAX_VALUE);
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            query.mistake("campaign_id", ProblemCode.NOT_ALLOWED, "campaign_id must be the id of a campaign.");
            return null;
        }
    }

    private static @Nullable String recipient(QueryFields query, Recipients recipients) {
        String to = query.text("to", Integer.MAX_VALUE);
        if (to == null) {
            return null;
        }
        // A plus sign that was not escaped arrives as a space.
        String address = to.contains("@")
                ? EmailAddress.normal(to.replace(' ', '+'))
                : recipients.e164(to.startsWith(" ") ? "+" + to.trim() : to);
        if (address == null) {
            query.mistake(
                    "to", ProblemCode.INVALID_RECIPIENT, "to can be neither a phone number nor an email address.");
        }
        return address;
    }

    /** The smallest id of that moment. */
    private static UUID floor(@Nullable Instant time, UUID otherwise) {
        return time == null ? otherwise : Ids.floor(time);
    }
}
