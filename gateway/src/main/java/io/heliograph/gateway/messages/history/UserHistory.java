package io.heliograph.gateway.messages.history;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.messages.reading.MessageStore;
import io.heliograph.runtime.Ids;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code GET /v1/users/{id}/messages}: newest first, a page at a time. */
public final class UserHistory {
    private static final Pattern USER_ID = Pattern.compile("[A-Za-z0-9._@:+-]{1,128}");
    private static final Comparator<JsonObject> NEWEST_FIRST = Comparator.comparing(
            (JsonObject message) -> UUID.fromString(message.getString("id")), Ids.ORDER.reversed());

    private final ApiKeys apiKeys;
    private final HistoryStore store;
    private final MessageStore messages;

    public UserHistory(ApiKeys apiKeys, Pool readPool) {
        this.apiKeys = apiKeys;
        this.store = new HistoryStore(readPool);
        this.messages = new MessageStore(readPool);
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/users/:id/messages").get(this::list).andNothingElse();
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.requireAny(context, Scope.MESSAGES_READ, Scope.ADMIN);
        String userId = context.pathParam("id");
        if (!USER_ID.matcher(userId).matches()) {
            throw Problem.of(
                            ProblemCode.NOT_ALLOWED,
                            "A user's id is 1 to 128 letters, digits and . _ @ : + - characters.")
                    .exception();
        }
        HistoryFilter filter = HistoryFilter.read(context.queryParams());
        return store.addresses(caller.accountId(), userId).compose(addresses -> {
            if (addresses == null) {
                throw Problem.of(ProblemCode.UNKNOWN_USER, "There is no user with this id.")
                        .exception();
            }
            return Future.all(outbound(caller, userId, addresses, filter), inbound(caller, addresses, filter))
                    .map(both -> Answer.ok(page(caller, filter, both.resultAt(0), both.resultAt(1))));
        });
    }

    private Future<List<Row>> outbound(
            Caller caller, String userId, HistoryStore.Addresses addresses, HistoryFilter filter) {
        if (!filter.wantsOutbound()) {
            return Future.succeededFuture(List.of());
        }
        List<Future<List<UUID>>> finds = new ArrayList<>();
        finds.add(store.told(caller.accountId(), userId, filter));
        addresses.all().forEach(address -> finds.add(store.sent(caller.accountId(), address, filter)));
        return Future.all(finds)
                .map(_ -> finds.stream()
                        .flatMap(found -> found.result().stream())
                        .distinct()
                        .sorted(Ids.ORDER.reversed())
                        .limit(filter.limit())
                        .toList())
                .compose(messages::listed);
    }

    private Future<List<Row>> inbound(Caller caller, HistoryStore.Addresses addresses, HistoryFilter filter) {
        return !filter.wantsInbound() || addresses.phone() == null
                ? Future.succeededFuture(List.of())
                : store.written(caller.accountId(), addresses.phone(), filter);
    }

    private static JsonObject page(Caller caller, HistoryFilter filter, List<Row> outbound, List<Row> inbound) {
        List<JsonObject> all = Stream.concat(
                        outbound.stream().map(HistoryView::outbound),
                        inbound.stream().map(HistoryView::inbound))
                .sorted(NEWEST_FIRST)
                .limit(filter.limit())
                .map(message -> caller.mayRead() ? message : HistoryView.masked(message))
                .toList();
        // A full page may be the last one too; the next page then is empty, which costs less than counting.
        String next = all.size() < filter.limit() ? null : all.getLast().getString("id");
        return new JsonObject().put("messages", new JsonArray(all)).put("next_cursor", next);
    }
}
