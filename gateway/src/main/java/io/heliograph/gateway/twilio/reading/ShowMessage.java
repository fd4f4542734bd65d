package io.heliograph.gateway.twilio.reading;

import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.twilio.words.TwilioCaller;
import io.heliograph.gateway.twilio.words.TwilioErrors;
import io.vertx.core.Future;
import java.util.UUID;

/** {@code GET …/Messages/{Sid}.json}. */
public final class ShowMessage {
    private final TwilioMessageStore store;

    public ShowMessage(TwilioMessageStore store) {
        this.store = store;
    }

    public Future<Answer> show(TwilioCaller caller, UUID id) {
        return store.find(id, caller.accountId()).map(message -> {
            if (message == null) {
                throw TwilioErrors.notFound();
            }
            return Answer.ok(message.json(caller.accountSid()));
        });
    }
}
