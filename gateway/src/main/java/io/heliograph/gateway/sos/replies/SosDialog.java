package io.heliograph.gateway.sos.replies;

import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.gateway.sos.replies.AnswerStore.Person;
import io.heliograph.gateway.sos.replies.Asked.Meant;
import io.heliograph.gateway.sos.requests.RequestStore;
import io.heliograph.gateway.sos.telling.Say;
import io.heliograph.gateway.sos.telling.TellSos;
import io.heliograph.gateway.turns.Answering;
import io.heliograph.gateway.turns.Dialog;
import io.heliograph.gateway.turns.Turn;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * What donors answer by SMS: taken, and answered, in one transaction. A wrong token, an old one and a stranger get the same answer, so that
 * nobody learns anything by trying. Where somebody else has the request, a match for instance, the answer is taken later, and others' turns
 * meanwhile.
 */
public final class SosDialog implements Dialog {
    private static final String BY_SMS = "sms";

    private final AnswerStore store;
    private final TakeAnswer takeAnswer;
    private final TellSos tell;
    private final Answering answering;
    private final Origins origins;

    public SosDialog(TellSos tell, Topics topics, ErasedPersons erased, Origins origins) {
        this.store = new AnswerStore(topics, erased);
        this.takeAnswer = new TakeAnswer(store, tell, origins);
        this.tell = tell;
        this.answering = new Answering(erased, origins);
        this.origins = origins;
    }

    @Override
    public Future<Void> take(SqlConnection connection, Turn turn) {
        return tell.ready(turn.accountId())
                .compose(_ -> store.asked(connection, turn.accountId(), turn.person()))
                .compose(asked -> answerTo(connection, turn, asked))
                .compose(said -> store.person(connection, turn.accountId(), turn.person())
                        .compose(person -> answer(connection, turn, said, person)));
    }

    /** What is said, and the token that it names; "" for none. */
    private record Said(Say say, String token) {}

    private Future<Said> answerTo(SqlConnection connection, Turn turn, List<Asked> asked) {
        return switch (ReplyText.of(turn.body())) {
            case ReplyText.Unclear _ -> Future.succeededFuture(remind(asked));
            case ReplyText.Word word ->
                switch (Asked.meant(asked, word.token(), now())) {
                    case Meant.None _ -> Future.succeededFuture(new Said(Say.REPLY_UNKNOWN, ""));
                    case Meant.Several(Asked latest) ->
                        Future.succeededFuture(new Said(Say.REPLY_WHICH, latest.token()));
                    case Meant.One(Asked one) ->
                        RequestStore.holdAtOnce(connection, one.request(), turn.accountId())
                                .compose(request -> takeAnswer
                                        .take(connection, request, one.response(), word, BY_SMS)
                                        .map(step -> new Said(step.say(), request.token())));
                };
        };
    }

    private Said remind(List<Asked> asked) {
        Asked open = Asked.toRemindOf(asked, now());
        return open == null ? new Said(Say.REPLY_UNKNOWN, "") : new Said(Say.REPLY_UNCLEAR, open.token());
    }

    private Future<Void> answer(SqlConnection connection, Turn turn, Said said, Person person) {
        if (!person.isAnswered()) {
            return Future.succeededFuture();
        }
        TellSos.Text text = tell.answer(
                said.say(),
                turn.accountId(),
                turn.person(),
                person.locale(),
                new JsonObject().put("token", said.token()),
                now());
        return text == null
                ? Future.succeededFuture()
                : answering.answer(connection, turn, text.text(), text.content(), text.about());
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(origins.clock());
    }
}
