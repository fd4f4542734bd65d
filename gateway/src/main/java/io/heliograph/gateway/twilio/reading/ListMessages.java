package io.heliograph.gateway.twilio.reading;

import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.twilio.words.TwilioCaller;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;

/** {@code GET …/Messages.json}: newest first, a page at a time. */
public final class ListMessages {
    private final BothWays messages;
    private final Recipients recipients;

    public ListMessages(BothWays messages, Recipients recipients) {
        this.messages = messages;
        this.recipients = recipients;
    }

    /** Throws Twilio's error about a query that is not one. */
    public Future<Answer> list(TwilioCaller caller, MultiMap query) {
        PageRequest page = PageRequest.read(query);
        MessageFilter filter = MessageFilter.read(query, recipients);
        // One more than is shown says whether there is another page.
        return messages.list(caller.accountId(), filter, page, page.size() + 1)
                .map(look -> Answer.ok(new MessagePage(caller.accountSid(), query, page, look).json()));
    }
}
