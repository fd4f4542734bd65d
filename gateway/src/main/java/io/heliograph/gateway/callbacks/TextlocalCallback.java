package io.heliograph.gateway.callbacks;

import static io.heliograph.gateway.callbacks.TextlocalWords.WORDS;

import io.heliograph.contract.ReceiptKey;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Textlocal's forms. They have no id of a message: our name of the call comes back, and the number. */
record TextlocalCallback(CallbackProof proof) implements CallbackSource {
    @Override
    public List<Receipt> read(RoutingContext context, Supplier<UUID> ids) {
        ReportFields report = ReportFields.of(context.request().formAttributes());
        String callRef = report.word("customID", "custom");
        String number = report.word("number");
        String status = report.word("status");
        if (callRef == null || number == null || status == null) {
            return List.of();
        }
        String key = ReceiptKey.of(callRef, number);
        return List.of(new Receipt(
                ids.get(),
                WORDS.provider(),
                new Receipt.About(null, null, null, key, Receipt.Call.of(callRef), ReceiptKey.tail(number)),
                status,
                WORDS.status(status),
                null,
                WORDS.provider() + ":" + key + ":" + status,
                report.all()));
    }
}
