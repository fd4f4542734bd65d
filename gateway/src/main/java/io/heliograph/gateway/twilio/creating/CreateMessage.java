package io.heliograph.gateway.twilio.creating;

import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.IdempotencyKey;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.Problem.ProblemException;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.messages.AcceptMessage;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.Accepted;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.twilio.reading.TwilioMessageStore;
import io.heliograph.gateway.twilio.words.Form;
import io.heliograph.gateway.twilio.words.TwilioCaller;
import io.heliograph.gateway.twilio.words.TwilioErrors;
import io.heliograph.gateway.twilio.words.TwilioMessage;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST …/Messages.json}. Goes the way of {@code /v1/messages}: one message, one group commit, and 201 when it is durable.
 * Twilio knows no keys; {@code Idempotency-Key}, or {@code I-Twilio-Idempotency-Token}, is taken from clients that send one.
 */
public final class CreateMessage {
    private static final String OPERATION = "twilio message";
    private static final String TWILIO_KEY = "I-Twilio-Idempotency-Token";

    private final CreateParameters parameters;
    private final AcceptMessage acceptMessage;
    private final TwilioMessageStore messages;
    private final Origins origins;

    public CreateMessage(
            CreateParameters parameters, AcceptMessage acceptMessage, TwilioMessageStore messages, Origins origins) {
        this.parameters = parameters;
        this.acceptMessage = acceptMessage;
        this.messages = messages;
        this.origins = origins;
    }

    public Future<Answer> post(RoutingContext context, TwilioCaller caller) {
        String keyValue = key(context);
        Form form = Form.of(context);
        AcceptIntent.Key key =
                keyValue == null ? null : new AcceptIntent.Key(keyValue, IdempotencyKey.hash(OPERATION, form.json()));
        NewMessage message;
        try {
            message = parameters.read(form, origins.next(caller.caller()));
        } catch (ProblemException e) {
            return refuse(caller, key, e);
        }
        AcceptIntent.Item item = new AcceptIntent.Item(key, message);
        return acceptMessage
                .accept(new AcceptIntent(caller.accountId(), null, List.of(item)))
                .compose(accepted -> answer(accepted, caller));
    }

    private static @Nullable String key(RoutingContext context) {
        String key = context.request().getHeader(TWILIO_KEY);
        if (key != null && !IdempotencyKey.isValid(key)) {
            throw TwilioErrors.of(
                    ProblemCode.INVALID_IDEMPOTENCY_KEY, 20001, TWILIO_KEY + " must be " + IdempotencyKey.SHAPE);
        }
        return key != null ? key : IdempotencyKey.header(context);
    }

    /** What comes too late now may have come in time before, under the same key. */
    private Future<Answer> refuse(TwilioCaller caller, AcceptIntent.@Nullable Key key, ProblemException refusal) {
        return key == null
                ? Future.failedFuture(refusal)
                : messages.findByKey(caller.accountId(), key)
                        .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                        .compose(first -> first == null
                                ? Future.failedFuture(refusal)
                                : Future.succeededFuture(created(first, caller).replayed()));
    }

    private Future<Answer> answer(Accepted accepted, TwilioCaller caller) {
        return switch (accepted) {
            case Accepted.BatchKeyReused _ ->
                Future.failedFuture(Problem.keyReused().exception());
            case Accepted.Answered answered ->
                switch (answered.items().getFirst()) {
                    case Accepted.Stored stored ->
                        Future.succeededFuture(created(TwilioMessage.of(stored.message(), stored.createdAt()), caller));
                    case Accepted.OptedOut _ ->
                        Future.failedFuture(TwilioErrors.of(
                                ProblemCode.RECIPIENT_OPTED_OUT, 21610, "Attempt to send to unsubscribed recipient"));
                    case Accepted.KeyReused _ ->
                        Future.failedFuture(Problem.keyReused().exception());
                    case Accepted.KeyUnknown(Throwable cause) ->
                        Future.failedFuture(Problem.keyUnknown().exception(cause));
                    case Accepted.Replayed(UUID firstId) -> replay(firstId, caller);
                };
        };
    }

    private Future<Answer> replay(UUID firstId, TwilioCaller caller) {
        return messages.find(firstId, caller.accountId())
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(first -> {
                    if (first == null) {
                        throw TwilioErrors.notFound();
                    }
                    return created(first, caller).replayed();
                });
    }

    private static Answer created(TwilioMessage message, TwilioCaller caller) {
        return Answer.created(message.created(caller.accountSid()));
    }
}
