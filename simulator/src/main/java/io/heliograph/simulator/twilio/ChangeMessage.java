package io.heliograph.simulator.twilio;

import io.heliograph.simulator.http.Form;
import io.heliograph.simulator.http.JsonText;
import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.ledger.Ledger;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.Status;
import io.heliograph.simulator.script.Scene;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;

/** Fetches, redacts, cancels and deletes a message, and takes feedback on it. */
final class ChangeMessage {
    private final MessageJson json;
    private final Departures departures;
    private final InstantSource clock;
    private final String accountSid;
    private final TwilioDate dates = new TwilioDate();

    ChangeMessage(MessageJson json, Departures departures, InstantSource clock, String accountSid) {
        this.json = json;
        this.departures = departures;
        this.clock = clock;
        this.accountSid = accountSid;
    }

    void fetch(HttpServerRequest http, Ledger ledger, Message message) {
        Replies.json(http, 200, json.of(ledger.ids().sid(message), message));
    }

    /** An empty Body redacts, Status=canceled cancels; it is one or the other. */
    void update(HttpServerRequest http, Scene scene, Message message, Form form) {
        String body = form.get("Body");
        String status = form.given("Status");
        if (body != null && body.isEmpty() && status == null) {
            message.redact(clock.millis());
            fetch(http, scene.ledger(), message);
        } else if (body == null && Status.CANCELED.word().equals(status)) {
            cancel(http, scene, message);
        } else {
            TwilioReplies.error(http, TwilioError.of(30400));
        }
    }

    private void cancel(HttpServerRequest http, Scene scene, Message message) {
        if (message.cancel(clock.millis())) {
            departures.tellCanceled(scene, message);
            fetch(http, scene.ledger(), message);
        } else {
            TwilioReplies.error(http, TwilioError.of(30409));
        }
    }

    void delete(HttpServerRequest http, Message message) {
        Status status = message.state().status();
        if (status.isFinal() || status == Status.SENT) {
            message.delete(clock.millis());
            Replies.empty(http, 204);
        } else {
            TwilioReplies.error(http, TwilioError.of(20009));
        }
    }

    void feedback(HttpServerRequest http, Ledger ledger, Message message, Form form) {
        String outcome = form.given("Outcome") == null ? "confirmed" : form.given("Outcome");
        if (!"confirmed".equals(outcome) && !"unconfirmed".equals(outcome)) {
            TwilioReplies.error(http, TwilioError.of(20422));
            return;
        }
        String sid = ledger.ids().sid(message);
        String now = dates.write(clock.millis());
        JsonText text = new JsonText().raw("{\"account_sid\":").string(accountSid);
        text.raw(",\"date_created\":").string(now).raw(",\"date_updated\":").string(now);
        text.raw(",\"message_sid\":").string(sid).raw(",\"outcome\":").string(outcome);
        text.raw(",\"uri\":").string(json.uri(sid) + "/Feedback.json").raw("}");
        Replies.json(http, 200, text.toString());
    }
}
