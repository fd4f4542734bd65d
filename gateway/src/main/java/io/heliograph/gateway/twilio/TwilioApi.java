package io.heliograph.gateway.twilio;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.TwilioCredentials;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.BodyBudget;
import io.heliograph.gateway.messages.AcceptMessage;
import io.heliograph.gateway.messages.CancelStore;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.fields.MessageFields;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.twilio.changing.ChangeMessage;
import io.heliograph.gateway.twilio.changing.ChangeStore;
import io.heliograph.gateway.twilio.creating.CreateMessage;
import io.heliograph.gateway.twilio.creating.CreateParameters;
import io.heliograph.gateway.twilio.reading.BothWays;
import io.heliograph.gateway.twilio.reading.ListMessages;
import io.heliograph.gateway.twilio.reading.MediaOfMessage;
import io.heliograph.gateway.twilio.reading.ShowMessage;
import io.heliograph.gateway.twilio.reading.TwilioMessageStore;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;

/** The slice's wiring. */
public final class TwilioApi {
    private final TwilioRoutes routes;

    /**
     * What comes in goes the way of all messages: through {@code fields} and {@code acceptMessage}. {@code listPool} plans by the order that is
     * asked for.
     */
    public TwilioApi(
            ApiKeys apiKeys,
            TwilioCredentials credentials,
            Pool readPool,
            Pool listPool,
            AcceptMessage acceptMessage,
            Recipients recipients,
            MessageFields fields,
            Origins origins) {
        TwilioMessageStore messages = new TwilioMessageStore(readPool);
        BothWays bothWays = new BothWays(messages, listPool, BothWays.LOOK_MAX);
        this.routes = new TwilioRoutes(
                new TwilioAccess(apiKeys, credentials),
                new TwilioRoutes.Actions(
                        new CreateMessage(new CreateParameters(fields), acceptMessage, messages, origins),
                        new ShowMessage(bothWays),
                        new ListMessages(bothWays, recipients),
                        new ChangeMessage(messages, new ChangeStore(readPool), new CancelStore(readPool)),
                        new MediaOfMessage(bothWays)));
    }

    public void mount(Router router, Answers answers, BodyBudget bodies) {
        routes.mount(router, answers, bodies);
    }
}
