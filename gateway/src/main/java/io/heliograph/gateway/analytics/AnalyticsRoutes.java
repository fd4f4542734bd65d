package io.heliograph.gateway.analytics;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.Times;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/analytics}: what became of the messages of the caller's account, summed up. */
public final class AnalyticsRoutes {
    private final ApiKeys apiKeys;
    private final AnalyticsStore store;
    private final Clock clock;

    public AnalyticsRoutes(ApiKeys apiKeys, Pool readPool, Clock clock) {
        this.apiKeys = apiKeys;
        this.store = new AnalyticsStore(readPool);
        this.clock = clock;
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/analytics").get(this::show).andNothingElse();
    }

    private Future<Answer> show(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        AnalyticsAsked asked = AnalyticsAsked.read(context.queryParams(), clock.instant());
        return store.read(caller.accountId(), asked).map(rows -> Answer.ok(page(rows, asked)));
    }

    private static JsonObject page(List<Row> rows, AnalyticsAsked asked) {
        Row total = rows.getFirst();
        List<Row> groups = rows.subList(1, Math.min(rows.size(), 1 + asked.limit()));
        boolean more = rows.size() > 1 + asked.limit();
        JsonArray shown = new JsonArray();
        groups.forEach(row -> shown.add(SumView.group(row, asked)));
        return new JsonObject()
                .put("from", time(asked.span().from()))
                .put("to", time(asked.span().to()))
                .put(
                        "time_zone",
                        asked.span().zone().equals(ZoneOffset.UTC)
                                ? "UTC"
                                : asked.span().zone().getId())
                .put("group_by", new JsonArray(asked.groupBy()))
                .put("as_of", Times.text(total.getOffsetDateTime("as_of")))
                .put("total", SumView.sums(total))
                .put("groups", shown)
                .put("next_cursor", more ? SumView.cursor(groups.getLast()).text() : null);
    }

    private static @Nullable String time(Instant time) {
        return Times.text(time.atOffset(ZoneOffset.UTC));
    }
}
