package io.heliograph.gateway.callbacks;

import static io.heliograph.gateway.callbacks.TwilioWords.WORDS;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Twilio's forms, or JSON. Our message and attempt travel in the URL, which Twilio signs, so that a receipt needs no look-up and proves
 * acceptance when the answer to the send was lost.
 */
record TwilioCallback(CallbackProof proof) implements CallbackSource {
    @Override
    public List<Receipt> read(RoutingContext context, Supplier<UUID> ids) {
        ReportFields report = TwilioFields.of(context);
        String sid = report.word("MessageSid", "SmsSid");
        String status = report.word("MessageStatus", "SmsStatus");
        if (sid == null || status == null) {
            return List.of();
        }
        MultiMap query = context.queryParams();
        return List.of(new Receipt(
                ids.get(),
                WORDS.provider(),
                new Receipt.About(
                        ReportFields.uuid(query.get("m")), ReportFields.attempt(query.get("a")), sid, null, null, null),
                status,
                WORDS.status(status),
                report.word("ErrorCode"),
                // Every repetition has both, and Twilio's own token only some.
                WORDS.provider() + ":" + sid + ":" + status,
                report.all()));
    }
}
