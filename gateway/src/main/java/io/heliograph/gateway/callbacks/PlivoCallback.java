package io.heliograph.gateway.callbacks;

import static io.heliograph.gateway.callbacks.PlivoWords.WORDS;

import io.heliograph.contract.ReceiptKey;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plivo's forms. The URL, which Plivo signs, names our message and attempt, or, where one call carries many recipients, that call;
 * then the number says which of its messages.
 */
record PlivoCallback(CallbackProof proof) implements CallbackSource {
    @Override
    public List<Receipt> read(RoutingContext context, Supplier<UUID> ids) {
        ReportFields report = ReportFields.of(context.request().formAttributes());
        String messageUuid = report.word("MessageUUID");
        String status = report.word("Status");
        if (messageUuid == null || status == null) {
            return List.of();
        }
        MultiMap query = context.queryParams();
        String callRef = query.get("c");
        String number = callRef == null ? null : report.word("To");
        return List.of(new Receipt(
                ids.get(),
                WORDS.provider(),
                new Receipt.About(
                        ReportFields.uuid(query.get("m")),
                        ReportFields.attempt(query.get("a")),
                        messageUuid,
                        receiptKey(callRef, number),
                        Receipt.Call.of(callRef),
                        number == null ? null : ReceiptKey.tail(number)),
                status,
                WORDS.status(status),
                WORDS.isBadNews(status) ? report.word("ErrorCode") : null,
                WORDS.provider() + ":" + messageUuid + ":" + status,
                report.all()));
    }

    private static @Nullable String receiptKey(@Nullable String callRef, @Nullable String number) {
        return callRef == null || number == null ? null : ReceiptKey.of(callRef, number);
    }
}
