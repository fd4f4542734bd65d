package io.heliograph.gateway.ledger;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Resource;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/ledger}: the proof, for the caller's account: of everything, or day by day, or batch by batch. */
public final class LedgerRoutes {
    private final ApiKeys apiKeys;
    private final LedgerStore store;
    private final LedgerPartsStore parts;
    private final Clock clock;

    public LedgerRoutes(ApiKeys apiKeys, Pool readPool, Clock clock) {
        this.apiKeys = apiKeys;
        this.store = new LedgerStore(readPool);
        this.parts = new LedgerPartsStore(readPool);
        this.clock = clock;
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/ledger").get(this::show).andNothingElse();
    }

    private Future<Answer> show(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return switch (LedgerAsked.read(context.queryParams(), clock.instant())) {
            case LedgerAsked.Everything _ ->
                store.count(caller.accountId()).map(LedgerCounts::json).map(Answer::ok);
            case LedgerAsked.Days days ->
                parts.ofDays(caller.accountId(), days.days()).map(page -> Answer.ok(page("days", page, days.next())));
            case LedgerAsked.Batches batches ->
                parts.ofBatches(caller.accountId(), batches)
                        .map(page -> Answer.ok(page("batches", page, next(page, batches))));
        };
    }

    /** A full page may be the last one too; the next page then is empty. */
    private static @Nullable UUID next(List<LedgerPart> page, LedgerAsked.Batches batches) {
        return page.size() < batches.limit()
                ? null
                : UUID.fromString(page.getLast().value());
    }

    private static JsonObject page(String name, List<LedgerPart> page, @Nullable UUID next) {
        JsonArray parts = new JsonArray();
        page.forEach(part -> parts.add(part.json()));
        return new JsonObject().put(name, parts).put("next_cursor", next == null ? null : next.toString());
    }
}
