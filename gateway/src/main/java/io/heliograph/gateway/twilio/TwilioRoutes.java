package io.heliograph.gateway.twilio;

import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.BodyBudget;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.twilio.changing.ChangeMessage;
import io.heliograph.gateway.twilio.creating.CreateMessage;
import io.heliograph.gateway.twilio.reading.ListMessages;
import io.heliograph.gateway.twilio.reading.MediaOfMessage;
import io.heliograph.gateway.twilio.reading.ShowMessage;
import io.heliograph.gateway.twilio.words.Form;
import io.heliograph.gateway.twilio.words.Sids;
import io.heliograph.gateway.twilio.words.TwilioErrors;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.UUID;

/** {@code /2010-04-01/Accounts/{AccountSid}/Messages…}: Twilio's API, for Twilio's own SDKs. */
final class TwilioRoutes {
    /** 1,600 characters, escaped as three bytes of UTF-8 each, with ten URLs, and room for more. */
    private static final int BODY_BYTES_MAX = 64 * 1024;

    private static final String MESSAGES = "/2010-04-01/Accounts/:AccountSid/Messages";

    /** What it can do with messages. */
    record Actions(
            CreateMessage create, ShowMessage show, ListMessages list, ChangeMessage change, MediaOfMessage media) {}

    private final TwilioAccess access;
    private final Actions actions;

    TwilioRoutes(TwilioAccess access, Actions actions) {
        this.access = access;
        this.actions = actions;
    }

    void mount(Router router, Answers answers, BodyBudget bodies) {
        String all = TwilioErrors.PATHS + "*";
        router.route(all).handler(access::authenticate);
        router.route(all).handler(context -> bodies.admit(context, BODY_BYTES_MAX));
        router.route(all).handler(JsonBody::anyContentType);
        router.route(all).handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
        new Resource(router, answers, MESSAGES + ".json")
                .get(this::list)
                .post(this::create)
                .andNothingElse();
        new Resource(router, answers, MESSAGES + "/:Sid.json")
                .get(this::show)
                .post(this::update)
                .delete(this::delete)
                .andNothingElse();
        new Resource(router, answers, MESSAGES + "/:MessageSid/Feedback.json")
                .post(this::feedback)
                .andNothingElse();
        new Resource(router, answers, MESSAGES + "/:MessageSid/Media.json")
                .get(this::listMedia)
                .andNothingElse();
        new Resource(router, answers, MESSAGES + "/:MessageSid/Media/:Sid.json")
                .get(this::showMedia)
                .delete(this::deleteMedia)
                .andNothingElse();
    }

    private Future<Answer> create(RoutingContext context) {
        return actions.create().post(context, access.require(context, Scope.MESSAGES_WRITE));
    }

    private Future<Answer> list(RoutingContext context) {
        return actions.list().list(access.require(context, Scope.MESSAGES_READ), context.queryParams());
    }

    private Future<Answer> show(RoutingContext context) {
        return actions.show().show(access.require(context, Scope.MESSAGES_READ), messageId(context, "Sid"));
    }

    private Future<Answer> update(RoutingContext context) {
        return actions.change()
                .update(access.require(context, Scope.MESSAGES_WRITE), messageId(context, "Sid"), Form.of(context));
    }

    private Future<Answer> delete(RoutingContext context) {
        return actions.change().delete(access.require(context, Scope.MESSAGES_WRITE), messageId(context, "Sid"));
    }

    private Future<Answer> feedback(RoutingContext context) {
        return actions.change()
                .feedback(
                        access.require(context, Scope.MESSAGES_WRITE),
                        messageId(context, "MessageSid"),
                        Form.of(context));
    }

    private Future<Answer> listMedia(RoutingContext context) {
        return actions.media().list(access.require(context, Scope.MESSAGES_READ), messageId(context, "MessageSid"));
    }

    private Future<Answer> showMedia(RoutingContext context) {
        return actions.media()
                .show(
                        access.require(context, Scope.MESSAGES_READ),
                        messageId(context, "MessageSid"),
                        Sids.normal(context.pathParam("Sid")));
    }

    private Future<Answer> deleteMedia(RoutingContext context) {
        return actions.change()
                .deleteMedia(
                        access.require(context, Scope.MESSAGES_WRITE),
                        messageId(context, "MessageSid"),
                        Sids.normal(context.pathParam("Sid")));
    }

    private static UUID messageId(RoutingContext context, String parameter) {
        UUID id = Sids.messageId(context.pathParam(parameter));
        if (id == null) {
            throw TwilioErrors.notFound();
        }
        return id;
    }
}
