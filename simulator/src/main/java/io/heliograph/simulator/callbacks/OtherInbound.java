package io.heliograph.simulator.callbacks;

import io.heliograph.simulator.http.Parameters;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.script.Scene;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/** Brings a person's message as providers other than Twilio do. What their answers say is not sent to anybody. */
public final class OtherInbound {
    private final Webhooks webhooks;
    private final Dialect plivo;
    private final RandomGenerator random;

    public OtherInbound(Webhooks webhooks, Dialect plivo, RandomGenerator random) {
        this.webhooks = webhooks;
        this.plivo = plivo;
        this.random = random;
    }

    /** The end is told the message's id and how the webhook answered. */
    public void deliver(Scene scene, InboundMessage inbound, BiConsumer<String, CallEnd> end) {
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        CallbackUrl url = CallbackUrl.parse(inbound.url());
        Letter letter = inbound.provider() == Provider.PLIVO
                ? Letter.form(plivo, url, plivo(inbound, id))
                : Letter.form(Dialect.unsigned("Textlocal"), url, textlocal(inbound));
        webhooks.post(new Call(scene, letter, false, how -> end.accept(id, how)));
    }

    private static Parameters plivo(InboundMessage inbound, String id) {
        Parameters parameters = new Parameters()
                .put("From", digits(inbound.from()))
                .put("To", digits(inbound.to()))
                .put("MessageUUID", id)
                .put("Text", inbound.body())
                .put("TotalAmount", "0")
                .put("TotalRate", "0")
                .put("Type", inbound.media().isEmpty() ? "sms" : "mms")
                .put("Units", "1");
        for (int i = 0; i < inbound.media().size(); i++) {
            parameters.put("Media" + i, inbound.media().get(i).url());
        }
        return parameters.putAll(inbound.extra());
    }

    private static Parameters textlocal(InboundMessage inbound) {
        return new Parameters()
                .put("sender", digits(inbound.from()))
                .put("inNumber", digits(inbound.to()))
                .put("content", inbound.body())
                .put("keyword", "")
                .put("comments", "")
                .put("email", "")
                .put("credits", "100")
                .putAll(inbound.extra());
    }

    private static String digits(String number) {
        return number.startsWith("+") ? number.substring(1) : number;
    }
}
