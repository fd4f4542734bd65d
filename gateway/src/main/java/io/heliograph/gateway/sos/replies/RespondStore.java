package io.heliograph.gateway.sos.replies;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.sos.requests.RequestStore;
import io.heliograph.gateway.sos.responses.Responses;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** The transactions in which somebody answers by the API, or is told whom to call. */
final class RespondStore {
    private static final String REVEALS = """
        SELECT * FROM sos_reveal WHERE request_id = $1 AND account_id = $2 AND id > $3 ORDER BY id LIMIT $4""";

    private static final String BY_API = "api";

    private final Pool pool;
    private final AnswerStore store;
    private final TakeAnswer takeAnswer;
    private final Supplier<UUID> ids;

    RespondStore(Pool pool, AnswerStore store, TakeAnswer takeAnswer, Supplier<UUID> ids) {
        this.pool = pool;
        this.store = store;
        this.takeAnswer = takeAnswer;
        this.ids = ids;
    }

    /** Fails with the problem that there is no such response. */
    Future<Void> respond(UUID response, long accountId, ReplyText.Word word) {
        return pool.withTransaction(client -> request(client, response, accountId)
                .compose(request -> RequestStore.hold(client, request, accountId))
                .compose(request -> takeAnswer.take(client, request, response, word, BY_API))
                .mapEmpty());
    }

    private Future<UUID> request(SqlClient client, UUID response, long accountId) {
        return store.requestOf(client, response, accountId).map(request -> {
            if (request == null) {
                throw Responses.none().exception();
            }
            return request;
        });
    }

    /** Whom to call, which is noted. To whoever names another patient there is no such response. */
    Future<Response> reveal(UUID response, long accountId, String patient, Buffer keyHash) {
        return pool.withTransaction(client -> request(client, response, accountId)
                .compose(request -> RequestStore.hold(client, request, accountId))
                .compose(request -> store.hold(client, response, accountId).compose(held -> {
                    if (!request.patient().equals(patient)) {
                        throw Responses.none().exception();
                    }
                    if (!held.shared()) {
                        throw Problem.of(
                                        ProblemCode.NOT_SHARED,
                                        "The donor has not said that the patient may know how to reach them.")
                                .exception();
                    }
                    return store.note(client, new Reveal(ids.get(), held, patient, null, keyHash))
                            .map(held);
                })));
    }

    /** The oldest first; {@code after} is outside. Fails with the problem that there is no such request. */
    Future<List<Row>> reveals(UUID request, long accountId, UUID after, int limit) {
        return RequestStore.find(pool, request, accountId).compose(_ -> {
            Future<RowSet<Row>> rows = pool.preparedQuery(REVEALS).execute(Tuple.of(request, accountId, after, limit));
            return rows.map(
                    found -> StreamSupport.stream(found.spliterator(), false).toList());
        });
    }
}
