package io.heliograph.gateway.notifications.consents;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.gateway.notifications.consents.ConsentProof.Link;
import io.heliograph.gateway.notifications.users.UserFields;
import io.heliograph.gateway.notifications.users.UserStore;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /v1/users/{id}/consents}: records grants and withdrawals, shows them, and proves that they are as they were recorded. */
public final class ConsentRoutes {
    private static final int LIMIT_MAX = 200;
    private static final int LIMIT_DEFAULT = 50;
    private static final int PROOF_LIMIT_MAX = 1_000;

    private final ApiKeys apiKeys;
    private final ConsentStore store;
    private final UserStore users;
    private final ErasedPersons erased;
    private final Clock clock;

    public ConsentRoutes(ApiKeys apiKeys, Pool readPool, ErasedPersons erased, Clock clock) {
        this.apiKeys = apiKeys;
        this.store = new ConsentStore(readPool);
        this.users = new UserStore(readPool);
        this.erased = erased;
        this.clock = clock;
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/users/:id/consents")
                .get(this::list)
                .post(this::record)
                .andNothingElse();
        new Resource(router, answers, "/v1/users/:id/consents/current")
                .get(this::current)
                .andNothingElse();
        new Resource(router, answers, "/v1/users/:id/consents/proof")
                .get(this::prove)
                .andNothingElse();
    }

    private Future<Answer> record(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        String userId = UserFields.requireId(context);
        OffsetDateTime now = OffsetDateTime.ofInstant(clock.instant(), clock.getZone());
        Consent consent = ConsentFields.read(JsonBody.object(context), now.truncatedTo(ChronoUnit.MICROS));
        return store.record(caller.accountId(), userId, consent, hashing(caller.accountId()))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(row -> {
                    if (row == null) {
                        throw UserFields.noSuchUser().exception();
                    }
                    return Answer.created(view(row));
                });
    }

    /** Without a key nobody can have been erased. */
    private Function<String, @Nullable String> hashing(long accountId) {
        return address -> erased.hasKey() ? erased.hash(accountId, address) : null;
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        String userId = UserFields.requireId(context);
        Page page = Page.read(context.queryParams(), Integer.MAX_VALUE, LIMIT_DEFAULT, LIMIT_MAX);
        return users.require(caller.accountId(), userId)
                .compose(_ -> store.list(caller.accountId(), userId, page.cursor(), page.limit()))
                .map(rows -> Answer.ok(new JsonObject()
                        .put("consents", array(rows))
                        .put(
                                "next_cursor",
                                rows.size() < page.limit()
                                        ? null
                                        : rows.getLast().getInteger("n").toString())));
    }

    private Future<Answer> current(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        String userId = UserFields.requireId(context);
        return users.require(caller.accountId(), userId)
                .compose(_ -> store.current(caller.accountId(), userId))
                .map(rows -> {
                    JsonArray consents = new JsonArray();
                    rows.forEach(row -> consents.add(new JsonObject()
                            .put("channel", row.getString("channel"))
                            .put("purpose", row.getString("purpose"))
                            .put("granted", row.getBoolean("granted"))
                            .put("occurred_at", Times.text(row.getOffsetDateTime("occurred_at")))
                            .put("by", row.getString("recorded_by"))));
                    return Answer.ok(new JsonObject().put("consents", consents));
                });
    }

    /** A page begins with the last record of the page before, so that both can be put together. */
    private Future<Answer> prove(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        String userId = UserFields.requireId(context);
        Page page = Page.read(context.queryParams(), 0, PROOF_LIMIT_MAX, PROOF_LIMIT_MAX);
        return users.require(caller.accountId(), userId)
                .compose(_ -> store.prove(caller.accountId(), userId, page.cursor(), page.limit() + 1))
                .map(rows -> Answer.ok(proof(userId, page, rows)));
    }

    private static JsonObject proof(String userId, Page page, List<Row> rows) {
        List<Link> links = rows.stream().map(ConsentRoutes::link).toList();
        boolean hasAnchor = page.cursor() > 0 && !links.isEmpty();
        Link before = hasAnchor ? links.getFirst() : null;
        List<Link> shown = links.subList(hasAnchor ? 1 : 0, Math.min(links.size(), page.limit() + (hasAnchor ? 1 : 0)));
        Integer brokenAt = ConsentProof.brokenAt(before, shown);
        boolean isLast =
                shown.isEmpty() || shown.getLast().n() == rows.getFirst().getInteger("last_n");
        return new JsonObject()
                .put("user", userId)
                .put("algorithm", "sha256(previous_hash as bytes, then record as UTF-8)")
                .put("head", rows.isEmpty() ? null : rows.getFirst().getString("last_hash"))
                .put("intact", brokenAt == null)
                .put("broken_at", brokenAt)
                .put("records", ConsentProof.json(shown))
                .put(
                        "next_cursor",
                        isLast ? null : Integer.toString(shown.getLast().n()));
    }

    private static Link link(Row row) {
        return new Link(
                row.getInteger("n"), row.getString("text"), row.getString("previous_hash"), row.getString("hash"));
    }

    private static JsonArray array(List<Row> rows) {
        JsonArray consents = new JsonArray();
        rows.forEach(row -> consents.add(view(row)));
        return consents;
    }

    private static JsonObject view(Row row) {
        return new JsonObject()
                .put("n", row.getInteger("n"))
                .put("id", row.getUUID("id").toString())
                .put("channel", row.getString("channel"))
                .put("purpose", row.getString("purpose"))
                .put("change", row.getString("change"))
                .put("by", row.getString("recorded_by"))
                .put("source", row.getString("source"))
                .put("ip", row.getString("ip"))
                .put("user_agent", row.getString("user_agent"))
                .put("text_version", row.getString("text_version"))
                .put("occurred_at", Times.text(row.getOffsetDateTime("occurred_at")))
                .put("recorded_at", Times.text(row.getOffsetDateTime("recorded_at")));
    }

    /** Which records to show, by their numbers. */
    private record Page(int cursor, int limit) {
        static Page read(MultiMap parameters, int start, int limitDefault, int limitMax) {
            QueryFields query = new QueryFields(parameters);
            Page page = new Page(
                    query.integer("cursor", start, 0, Integer.MAX_VALUE),
                    query.integer("limit", limitDefault, 1, limitMax));
            List<FieldMistake> mistakes = query.mistakes();
            if (!mistakes.isEmpty()) {
                throw Problem.invalid(mistakes).exception();
            }
            return page;
        }
    }
}
