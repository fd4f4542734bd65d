package io.heliograph.gateway.callbacks.inbound;

import io.heliograph.contract.Channel;
import io.heliograph.gateway.callbacks.CallbackProof;
import io.heliograph.gateway.callbacks.ReportFields;
import io.heliograph.gateway.http.Answer;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Textlocal's forms. It documents no id: without one each call is a message of its own, because a person may well write the same
 * word twice, and a word that is obeyed twice does no harm.
 */
record TextlocalInbound(CallbackProof proof) implements InboundSource {
    private static final Answer THANKS = InboundSource.answer("text/plain", "OK");

    @Override
    public @Nullable InboundMessage read(RoutingContext context, Supplier<UUID> ids) {
        ReportFields fields = ReportFields.of(context.request().formAttributes());
        String sender = fields.word("sender");
        String inNumber = fields.word("inNumber");
        if (sender == null || inNumber == null) {
            return null;
        }
        UUID id = ids.get();
        String messageId = fields.word("msgId", "messageId", "id");
        return new InboundMessage(
                id,
                "textlocal",
                Channel.SMS,
                Parties.normal(sender),
                Parties.normal(inNumber),
                null,
                fields.whole("content"),
                null,
                messageId,
                "textlocal:" + (messageId == null ? id : messageId),
                null,
                fields.all());
    }

    @Override
    public Answer thanks() {
        return THANKS;
    }
}
