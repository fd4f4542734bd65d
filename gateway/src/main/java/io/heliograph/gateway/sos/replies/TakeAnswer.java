package io.heliograph.gateway.sos.replies;

import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.sos.requests.RequestStatus;
import io.heliograph.gateway.sos.requests.SosRequest;
import io.heliograph.gateway.sos.telling.Say;
import io.heliograph.gateway.sos.telling.TellSos;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Records a donor's word, whichever way it came, with all that follows of it: what the patient is told, and whether the request is fulfilled.
 * In a transaction of the caller's.
 */
final class TakeAnswer {
    /** So often a patient is sent the number of a donor who changes their mind; after that the account may ask for it. */
    private static final int REVEALS_MAX = 3;

    /** Of the end of a number: whoever has more of it may guess the rest. */
    private static final int TELLING_DIGITS = 6;

    private final AnswerStore store;
    private final TellSos tell;
    private final Origins origins;

    TakeAnswer(AnswerStore store, TellSos tell, Origins origins) {
        this.store = store;
        this.tell = tell;
        this.origins = origins;
    }

    /** The request is held. {@code by} is the way: sms or api. The account's catalog is ready. */
    Future<Step> take(SqlClient client, SosRequest request, UUID responseId, ReplyText.Word word, String by) {
        return store.hold(client, responseId, request.accountId()).compose(response -> {
            Step step = Step.of(request.status(), response.shared(), word.isYes(), word.share());
            return store.answer(client, response, step, by)
                    .compose(_ -> tellPatient(client, request, response, step))
                    .compose(_ -> move(client, request, step))
                    .map(step);
        });
    }

    private Future<Void> tellPatient(SqlClient client, SosRequest request, Response response, Step step) {
        if (step.withdraws()) {
            // Whose changes of mind the patient is not told of any more is not told to have withdrawn either.
            return response.reveals() <= REVEALS_MAX && request.status() != RequestStatus.CLOSED
                    ? tell(client, request, Say.DONOR_WITHDREW, new JsonObject(), _ -> true)
                            .mapEmpty()
                    : Future.succeededFuture();
        }
        return step.reveals() && response.reveals() < REVEALS_MAX
                ? reveal(client, request, response)
                : Future.succeededFuture();
    }

    /** The number alone where there is no room for the name. A donor of whom the patient cannot be told does not count. */
    private Future<Void> reveal(SqlClient client, SosRequest request, Response response) {
        String contact = response.contact();
        return reveal(client, request, response, contact)
                .compose(isTold -> isTold || contact.equals(response.phone())
                        ? Future.succeededFuture()
                        : reveal(client, request, response, response.phone()).mapEmpty());
    }

    private Future<Boolean> reveal(SqlClient client, SosRequest request, Response response, String contact) {
        return tell(
                        client,
                        request,
                        Say.DONOR_FOUND,
                        new JsonObject().put("contact", contact),
                        message -> canBeHidden(message, contact, response))
                .compose(told -> told == null
                        ? Future.succeededFuture(false)
                        : store.hide(client, told.id(), contact)
                                .compose(_ -> store.note(
                                        client,
                                        new Reveal(origins.ids().get(), response, request.patient(), told.id(), null)))
                                .map(true));
    }

    /**
     * A registered template may want name and number, or parts of it, in places of their own, where they would stay to be read: what is looked
     * for is the end of the number, which is nowhere else.
     */
    private static boolean canBeHidden(NewMessage message, String contact, Response response) {
        String content = message.content() == null ? "" : message.content().encode();
        String end = response.phone().substring(Math.max(0, response.phone().length() - TELLING_DIGITS));
        return !(message.body() + content).replace(contact, "").contains(end);
    }

    /** Null where the patient cannot be told, or does not want to be. */
    private Future<@Nullable NewMessage> tell(
            SqlClient client, SosRequest request, Say say, JsonObject more, Predicate<NewMessage> isRight) {
        return store.patient(client, request).compose(facts -> {
            NewMessage message = facts == null
                    ? null
                    : tell.patient(say, request, facts, more, now()).message();
            return message == null || !isRight.test(message)
                    ? Future.succeededFuture(null)
                    : store.tell(client, message).map(isStored -> isStored ? message : null);
        });
    }

    /** Fulfilled by as many donors as the patient knows of; open again when one of them withdraws. */
    private Future<Void> move(SqlClient client, SosRequest request, Step step) {
        boolean mayFulfil = step.reveals() && request.status() == RequestStatus.OPEN;
        boolean mayOpen = step.withdraws() && request.status() == RequestStatus.FULFILLED;
        if (!mayFulfil && !mayOpen) {
            return Future.succeededFuture();
        }
        return store.shared(client, request.id()).compose(donors -> {
            boolean isEnough = donors >= request.units();
            return isEnough == mayFulfil
                    ? store.move(client, request.id(), isEnough ? RequestStatus.FULFILLED : RequestStatus.OPEN)
                    : Future.succeededFuture();
        });
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(origins.clock());
    }
}
