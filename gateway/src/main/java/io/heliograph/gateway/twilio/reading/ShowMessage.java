package io.heliograph.gateway.twilio.reading;

import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.twilio.words.TwilioCaller;
import io.heliograph.gateway.twilio.words.TwilioErrors;
import io.vertx.core.Future;
import java.util.UUID;

/** {@code GET …/Messages/{Sid}.json}. */
public final class ShowMessage {
    private final BothWays messages;

    public ShowMessage(BothWays messages) {
        this.messages = messages;
    }

    public Future<Answer> show(TwilioCaller caller, UUID id) {
        return messages.find(id, caller.accountId()).map(message -> {
            if (message == null) {
                throw TwilioErrors.notFound();
            }
            return Answer.ok(message.json(caller.accountSid()));
        });
    }
}
