package io.heliograph.gateway.twilio.changing;

import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.messages.CancelStore;
import io.heliograph.gateway.twilio.reading.TwilioMessageStore;
import io.heliograph.gateway.twilio.words.Form;
import io.heliograph.gateway.twilio.words.Sids;
import io.heliograph.gateway.twilio.words.TwilioCaller;
import io.heliograph.gateway.twilio.words.TwilioDates;
import io.heliograph.gateway.twilio.words.TwilioErrors;
import io.heliograph.gateway.twilio.words.TwilioMessage;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Cancels, redacts and deletes messages, and notes feedback about them. Each may be repeated. */
public final class ChangeMessage {
    /** The first is what Twilio takes when none is given. */
    private static final List<String> OUTCOMES = List.of("confirmed", "unconfirmed");

    private final TwilioMessageStore messages;
    private final ChangeStore store;
    private final CancelStore cancels;

    public ChangeMessage(TwilioMessageStore messages, ChangeStore store, CancelStore cancels) {
        this.messages = messages;
        this.store = store;
        this.cancels = cancels;
    }

    /** {@code POST …/Messages/{Sid}.json}: {@code Status=canceled} or an empty {@code Body}, and nothing else. */
    public Future<Answer> update(TwilioCaller caller, UUID id, Form form) {
        boolean cancel = "canceled".equals(form.text("Status")) && !form.has("Body");
        boolean redact = form.has("Body") && form.text("Body") == null && !form.has("Status");
        if (!cancel && !redact) {
            throw TwilioErrors.of(
                    ProblemCode.NOT_ALLOWED, 30400, "Send either Status=canceled or an empty Body, and nothing else");
        }
        return inTime(find(caller, id)
                .compose(found -> cancel ? cancel(caller, id) : redact(caller, id))
                .map(message -> caller.caller().mayRead() ? message : message.masked())
                .map(message -> Answer.ok(message.json(caller.accountSid()))));
    }

    /** {@code DELETE …/Messages/{Sid}.json}. */
    public Future<Answer> delete(TwilioCaller caller, UUID id) {
        return inTime(find(caller, id)
                .compose(found -> store.delete(id, caller.accountId()))
                .map(deleted -> noContent(deleted)));
    }

    /** {@code DELETE …/Media/{Sid}.json}. */
    public Future<Answer> deleteMedia(TwilioCaller caller, UUID id, String mediaSid) {
        return inTime(find(caller, id)
                .map(message -> message.media().stream()
                        .filter(url -> Sids.ofMedia(id, url).equals(mediaSid))
                        .findFirst()
                        .orElseThrow(TwilioErrors::notFound))
                .compose(url -> store.deleteMedia(id, caller.accountId(), url))
                .map(deleted -> noContent(deleted)));
    }

    /** {@code POST …/Feedback.json}. */
    public Future<Answer> feedback(TwilioCaller caller, UUID id, Form form) {
        String given = form.text("Outcome");
        String outcome = given == null ? OUTCOMES.getFirst() : given;
        if (!OUTCOMES.contains(outcome)) {
            throw TwilioErrors.invalidParameter("Outcome must be confirmed or unconfirmed.");
        }
        return inTime(find(caller, id)
                .compose(message -> store.noteFeedback(id, caller.accountId(), outcome)
                        .map(notedAt -> {
                            if (notedAt == null) {
                                throw TwilioErrors.notFound();
                            }
                            return Answer.created(feedback(caller, message, outcome, notedAt));
                        })));
    }

    /** What is cancelled already stays so. */
    private Future<TwilioMessage> cancel(TwilioCaller caller, UUID id) {
        return cancels.cancel(id, caller.accountId(), null)
                .compose(done -> find(caller, id))
                .map(message -> {
                    if (!message.isCanceled()) {
                        throw TwilioErrors.of(ProblemCode.NOT_CANCELABLE, 30409, "This message cannot be canceled");
                    }
                    return message;
                });
    }

    private Future<TwilioMessage> redact(TwilioCaller caller, UUID id) {
        return store.redact(id, caller.accountId()).compose(redacted -> {
            requireSettled(redacted);
            return find(caller, id);
        });
    }

    private Future<TwilioMessage> find(TwilioCaller caller, UUID id) {
        return messages.find(id, caller.accountId()).map(message -> {
            if (message == null) {
                throw TwilioErrors.notFound();
            }
            return message;
        });
    }

    private static Answer noContent(boolean deleted) {
        requireSettled(deleted);
        return Answer.noContent();
    }

    private static void requireSettled(boolean changed) {
        if (!changed) {
            throw TwilioErrors.of(
                    ProblemCode.NOT_SETTLED,
                    20009,
                    "The message is still under way; this is possible when it is final");
        }
    }

    private static JsonObject feedback(
            TwilioCaller caller, TwilioMessage message, String outcome, OffsetDateTime notedAt) {
        String date = TwilioDates.text(notedAt);
        return new JsonObject()
                .put("account_sid", caller.accountSid())
                .put("date_created", date)
                .put("date_updated", date)
                .put("message_sid", message.sid())
                .put("outcome", outcome)
                .put(
                        "uri",
                        "/2010-04-01/Accounts/" + caller.accountSid() + "/Messages/" + message.sid()
                                + "/Feedback.json");
    }

    private static Future<Answer> inTime(Future<Answer> answer) {
        return answer.timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }
}
