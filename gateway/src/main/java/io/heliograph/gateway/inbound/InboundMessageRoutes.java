package io.heliograph.gateway.inbound;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /v1/inbound}: what people have written, newest first, until it is erased. */
public final class InboundMessageRoutes {
    private final ApiKeys apiKeys;
    private final InboundReadStore store;
    private final InboundEraseStore erasing;
    private final Function<String, @Nullable String> e164;

    /** {@code e164} answers null for what is no phone number. */
    public InboundMessageRoutes(ApiKeys apiKeys, Pool pool, Function<String, @Nullable String> e164) {
        this.apiKeys = apiKeys;
        this.store = new InboundReadStore(pool);
        this.erasing = new InboundEraseStore(pool);
        this.e164 = e164;
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/inbound").get(this::list).andNothingElse();
        new Resource(router, answers, "/v1/inbound/:id")
                .get(this::show)
                .delete(this::erase)
                .andNothingElse();
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        InboundFilter filter = InboundFilter.read(context.queryParams(), e164);
        return store.list(caller.accountId(), filter).map(rows -> Answer.ok(page(rows, filter.limit())));
    }

    private Future<Answer> show(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return store.find(id(context), caller.accountId()).map(row -> {
            if (row == null) {
                throw noSuchMessage().exception();
            }
            return Answer.ok(InboundView.full(row));
        });
    }

    private Future<Answer> erase(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        return erasing.erase(id(context), caller.accountId())
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(erased -> {
                    if (!erased) {
                        throw noSuchMessage().exception();
                    }
                    return Answer.noContent();
                });
    }

    private static JsonObject page(List<Row> rows, int limit) {
        JsonArray inbound = new JsonArray();
        rows.forEach(row -> inbound.add(InboundView.brief(row)));
        // A full page may be the last one too; the next page then is empty, which costs less than counting.
        String next = rows.size() < limit ? null : rows.getLast().getUUID("id").toString();
        return new JsonObject().put("inbound", inbound).put("next_cursor", next);
    }

    private static UUID id(RoutingContext context) {
        try {
            return UUID.fromString(context.pathParam("id"));
        } catch (IllegalArgumentException e) {
            throw noSuchMessage().exception();
        }
    }

    private static Problem noSuchMessage() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no inbound message with this id.");
    }
}
