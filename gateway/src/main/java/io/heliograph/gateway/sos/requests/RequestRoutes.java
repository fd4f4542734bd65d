package io.heliograph.gateway.sos.requests;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.IdempotencyKey;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.sos.places.Cities;
import io.heliograph.runtime.Aside;
import io.heliograph.runtime.Ids;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** {@code /v1/sos/requests}: made, shown, given another token and closed. */
public final class RequestRoutes {
    public static final String PATH = "/v1/sos/requests";

    private static final String OPERATION = "sos-request";
    private static final int LIMIT_DEFAULT = 50;
    private static final int LIMIT_MAX = 200;
    private static final int ID_LENGTH_MAX = 128;

    private final ApiKeys apiKeys;
    private final RequestFields fields;
    private final RequestStore store;
    private final Cities cities;
    private final Origins origins;

    /** {@code random} makes tokens. */
    public RequestRoutes(
            ApiKeys apiKeys, Pool pool, Recipients recipients, Origins origins, RandomGenerator random, Aside aside) {
        this.apiKeys = apiKeys;
        this.fields = new RequestFields(recipients);
        this.store = new RequestStore(pool, random);
        this.cities = new Cities(pool, aside);
        this.origins = origins;
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, PATH).get(this::list).post(this::create).andNothingElse();
        new Resource(router, answers, PATH + "/:id").get(this::get).andNothingElse();
        new Resource(router, answers, PATH + "/:id/rotate-token")
                .post(this::rotate)
                .andNothingElse();
        new Resource(router, answers, PATH + "/:id/close").post(this::close).andNothingElse();
    }

    private Future<Answer> create(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        String key = IdempotencyKey.header(context);
        JsonObject body = JsonBody.object(context);
        RequestFields.Read read = fields.read(body);
        UUID id = origins.ids().get();
        String city = read.city();
        Future<List<FieldMistake>> unknown = city == null
                ? Future.succeededFuture(List.of())
                : cities.mistakes(caller.accountId(), Map.of("/city", city));
        return unknown.map(read::with)
                .compose(wish -> store.create(id, caller.accountId(), wish, hashed(key, body), now()))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(created -> created(caller, created));
    }

    private static AcceptIntent.@Nullable Key hashed(@Nullable String key, JsonObject body) {
        return key == null ? null : new AcceptIntent.Key(key, IdempotencyKey.hash(OPERATION, body));
    }

    private static Answer created(Caller caller, RequestStore.Created created) {
        Answer answer = Answer.created(RequestView.of(caller, created.row()))
                .with("Location", PATH + "/" + created.row().getUUID("id"));
        return created.isNew() ? answer : answer.replayed();
    }

    private Future<Answer> get(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        UUID id = SosRequest.id(context);
        return store.find(id, caller.accountId())
                .compose(row -> store.statistics(id)
                        .map(statistics -> Answer.ok(
                                RequestView.of(caller, row).put("statistics", RequestView.statistics(statistics)))));
    }

    private Future<Answer> rotate(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        Duration validFor = RequestFields.readRotation(JsonBody.objectOrEmpty(context));
        return changed(caller, store.rotate(SosRequest.id(context), caller.accountId(), validFor, now()));
    }

    private Future<Answer> close(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        return changed(caller, store.close(SosRequest.id(context), caller.accountId()));
    }

    private static Future<Answer> changed(Caller caller, Future<Row> row) {
        return row.timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(found -> Answer.ok(RequestView.of(caller, found)));
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        QueryFields query = new QueryFields(context.queryParams());
        String status = query.oneOf("status", RequestStatus.WORDS);
        String patient = query.text("patient", ID_LENGTH_MAX);
        UUID cursor = query.cursor("cursor");
        int limit = query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return store.list(caller.accountId(), cursor == null ? Ids.LAST : cursor, status, patient, limit)
                .map(rows -> Answer.ok(page(caller, rows, limit)));
    }

    private static JsonObject page(Caller caller, List<Row> rows, int limit) {
        JsonArray requests = new JsonArray();
        rows.forEach(row -> requests.add(RequestView.of(caller, row)));
        String next = rows.size() < limit ? null : rows.getLast().getUUID("id").toString();
        return new JsonObject().put("requests", requests).put("next_cursor", next);
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(origins.clock());
    }
}
