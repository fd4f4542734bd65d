package io.heliograph.simulator.callbacks;

import io.heliograph.simulator.http.Account;
import io.heliograph.simulator.http.Parameters;
import io.heliograph.simulator.ledger.Ledger;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.Status;
import io.heliograph.simulator.script.OptOuts;
import io.heliograph.simulator.script.Scene;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/** Brings a person's message to a webhook: notes opt-outs, calls with a signature, sends what the answer asks for. */
public final class Inbound {
    private static final List<String> GEOGRAPHY =
            List.of("ToCountry", "ToState", "ToCity", "ToZip", "FromCountry", "FromState", "FromCity", "FromZip");

    private final Webhooks webhooks;
    private final Account account;
    private final InstantSource clock;
    private final RandomGenerator random;

    public Inbound(Webhooks webhooks, Account account, InstantSource clock, RandomGenerator random) {
        this.webhooks = webhooks;
        this.account = account;
        this.clock = clock;
        this.random = random;
    }

    /** The end is told the message's SID and how the webhook answered. */
    public void deliver(Scene scene, InboundMessage inbound, BiConsumer<String, CallEnd> end) {
        Ledger ledger = scene.ledger();
        List<String> urls =
                inbound.media().stream().map(InboundMessage.Media::url).toList();
        Message message = keep(ledger, inbound.from(), inbound.to(), inbound.body(), urls, Status.RECEIVED);
        Keyword keyword = Keyword.of(inbound.body());
        note(scene.optOuts(), keyword, inbound);
        String sid = ledger.ids().sid(message);
        String token = new UUID(random.nextLong(), random.nextLong()).toString();
        Letter letter = Letter.form(
                        new TwilioDialect(account.signature()),
                        CallbackUrl.parse(inbound.url()),
                        parameters(inbound, sid, keyword))
                .with(TwilioDialect.TOKEN, token);
        webhooks.post(new Call(scene, letter, false, how -> {
            reply(ledger, inbound, how);
            end.accept(sid, how);
        }));
    }

    /** WhatsApp knows no keywords of Twilio's. */
    private static void note(OptOuts optOuts, Keyword keyword, InboundMessage inbound) {
        if (keyword == Keyword.STOP && !inbound.from().contains(":")) {
            optOuts.add(inbound.from(), inbound.to());
        } else if (keyword == Keyword.START) {
            optOuts.remove(inbound.from(), inbound.to());
        }
    }

    private void reply(Ledger ledger, InboundMessage inbound, CallEnd how) {
        if (how instanceof CallEnd.Answered answer) {
            for (String text : Twiml.replies(answer)) {
                Message _ = keep(ledger, inbound.to(), inbound.from(), text, List.of(), Status.DELIVERED);
            }
        }
    }

    private Message keep(Ledger ledger, String from, String to, String body, List<String> mediaUrls, Status status) {
        String direction = status == Status.RECEIVED ? "inbound" : "outbound-reply";
        Message.Content content = new Message.Content(to, from, body, null, mediaUrls, null, direction);
        Message message = new Message(ledger.nextSequence(), clock.millis(), content, status, 1);
        ledger.keep(message);
        return message;
    }

    private Parameters parameters(InboundMessage inbound, String sid, Keyword keyword) {
        Parameters parameters = new Parameters()
                .put("AccountSid", account.sid())
                .put("ApiVersion", "2010-04-01")
                .put("Body", inbound.body())
                .put("From", inbound.from())
                .put("To", inbound.to())
                .put("MessageSid", sid)
                .put("SmsMessageSid", sid)
                .put("SmsSid", sid)
                .put("SmsStatus", Status.RECEIVED.word())
                .put("NumSegments", "1")
                .put("NumMedia", Integer.toString(inbound.media().size()));
        GEOGRAPHY.forEach(name -> parameters.put(name, ""));
        for (int i = 0; i < inbound.media().size(); i++) {
            parameters.put("MediaUrl" + i, inbound.media().get(i).url());
            parameters.put("MediaContentType" + i, inbound.media().get(i).contentType());
        }
        if (inbound.messagingServiceSid() != null) {
            parameters.put("MessagingServiceSid", inbound.messagingServiceSid());
        }
        if (inbound.advancedOptOut() && keyword != Keyword.NONE) {
            parameters.put("OptOutType", keyword.name());
        }
        return parameters.putAll(inbound.extra());
    }
}
