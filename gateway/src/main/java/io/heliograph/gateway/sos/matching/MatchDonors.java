package io.heliograph.gateway.sos.matching;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.gateway.sos.matching.CandidateStore.Found;
import io.heliograph.gateway.sos.matching.PlanAlerts.Planned;
import io.heliograph.gateway.sos.places.Cities;
import io.heliograph.gateway.sos.places.PlaceKey;
import io.heliograph.gateway.sos.requests.RequestRoutes;
import io.heliograph.gateway.sos.requests.SosRequest;
import io.heliograph.gateway.sos.responses.ResponseFilter;
import io.heliograph.gateway.sos.responses.Responses;
import io.heliograph.gateway.sos.telling.TellSos;
import io.heliograph.runtime.Aside;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/sos/requests/{id}/match}: asks every donor who may give and has not been asked, in one transaction; of very many
 * some, and says that there are more. It may be repeated as often as one likes: two at once come one after the other, and the second finds whom
 * the first has asked.
 */
public final class MatchDonors {
    private static final Logger log = LoggerFactory.getLogger(MatchDonors.class);

    /** What is read, decided and stored at once; others of the same match are under way meanwhile. */
    private static final int DONORS_AT_ONCE = 500;

    private final ApiKeys apiKeys;
    private final MatchStore store;
    private final Cities cities;
    private final Responses responses;
    private final TellSos tell;
    private final Clock clock;
    private final Aside aside;

    /** Whom to ask is decided and written {@code aside}. */
    public MatchDonors(
            ApiKeys apiKeys,
            Pool pool,
            TellSos tell,
            Topics topics,
            ErasedPersons erased,
            Origins origins,
            Aside aside) {
        this.apiKeys = apiKeys;
        this.store = new MatchStore(pool, topics, erased, origins.ids());
        this.cities = new Cities(pool, aside);
        this.responses = new Responses(apiKeys, pool);
        this.tell = tell;
        this.clock = origins.clock();
        this.aside = aside;
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, RequestRoutes.PATH + "/:id/match")
                .post(this::match)
                .andNothingElse();
    }

    /** What a match came to. */
    private record Matched(int alerted, int realerted, int asked, Tally skipped, boolean isMore) {}

    private Future<Answer> match(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        UUID id = SosRequest.id(context);
        MatchWish wish = MatchWish.read(JsonBody.objectOrEmpty(context));
        long startedNanos = System.nanoTime();
        return tell.ready(caller.accountId())
                .compose(_ -> beside(caller.accountId(), wish))
                .compose(beside -> store.match(
                        id, caller.accountId(), (connection, request) -> match(connection, request, beside, wish)))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .onSuccess(matched -> tellLog(id, matched, startedNanos))
                .compose(matched -> responses
                        .page(caller.accountId(), ResponseFilter.of(id))
                        .map(page -> Answer.ok(view(id, matched).mergeIn(page))));
    }

    /** The keys of the cities in which to look beside that of the request. */
    private Future<List<String>> beside(long accountId, MatchWish wish) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < wish.cities().size(); i++) {
            named.put("/widen/cities/" + i, wish.cities().get(i));
        }
        List<String> keys =
                new ArrayList<>(wish.cities().stream().map(PlaceKey::of).toList());
        Future<Void> known = named.isEmpty() ? Future.succeededFuture() : cities.require(accountId, named);
        return known.compose(_ -> wish.area() == null
                        ? Future.succeededFuture(List.<String>of())
                        : cities.ofArea(accountId, wish.area(), "/widen/area"))
                .map(ofArea -> {
                    keys.addAll(ofArea);
                    return keys;
                });
    }

    private Future<Matched> match(SqlConnection connection, SosRequest request, List<String> beside, MatchWish wish) {
        List<String> keys = new ArrayList<>(beside);
        keys.add(request.cityKey());
        OffsetDateTime now = OffsetDateTime.now(clock);
        return CandidateStore.find(connection, request, tell.consent(request.accountId()), keys, wish.realert())
                .compose(found -> {
                    PlanAlerts plan = new PlanAlerts(tell, request, now);
                    List<Future<Matched>> parts = new ArrayList<>();
                    for (int i = 0; i < found.candidates().size(); i += DONORS_AT_ONCE) {
                        int end =
                                Math.min(i + DONORS_AT_ONCE, found.candidates().size());
                        parts.add(ask(
                                connection, request, plan, found.candidates().subList(i, end)));
                    }
                    // All of them, also when one has failed: what came after the end of the transaction would be
                    // outside of it.
                    return Future.join(parts).map(_ -> sum(found, parts));
                });
    }

    private Future<Matched> ask(
            SqlConnection connection, SosRequest request, PlanAlerts plan, List<Candidate> candidates) {
        return store.facts(connection, request, candidates)
                .compose(facts -> aside.run(() -> plan.plan(candidates, facts)))
                .compose(planned ->
                        store.store(connection, request, planned.alerts()).map(told -> matched(planned, told)));
    }

    private static Matched matched(Planned planned, List<PlanAlerts.Alert> told) {
        Tally skipped = new Tally();
        skipped.add(planned.skipped());
        skipped.add(Reason.RECIPIENT_OPTED_OUT.word(), planned.alerts().size() - told.size());
        int again = (int) told.stream()
                .filter(alert -> alert.candidate().response() != null)
                .count();
        return new Matched(told.size() - again, again, 0, skipped, false);
    }

    private static Matched sum(Found found, List<Future<Matched>> parts) {
        Tally skipped = new Tally();
        skipped.add(found.skipped());
        int alerted = 0;
        int realerted = 0;
        for (Future<Matched> part : parts) {
            alerted += part.result().alerted();
            realerted += part.result().realerted();
            skipped.add(part.result().skipped());
        }
        return new Matched(alerted, realerted, found.asked(), skipped, found.isMore());
    }

    private static JsonObject view(UUID id, Matched matched) {
        return new JsonObject()
                .put("request", id.toString())
                .put("alerted", matched.alerted())
                .put("realerted", matched.realerted())
                .put("asked_before", matched.asked())
                .put("skipped", matched.skipped().json())
                .put("more", matched.isMore());
    }

    private static void tellLog(UUID id, Matched matched, long startedNanos) {
        log.atInfo()
                .addKeyValue("request_id", id)
                .addKeyValue("alerted", matched.alerted())
                .addKeyValue("realerted", matched.realerted())
                .addKeyValue("skipped", matched.skipped().total())
                .addKeyValue(
                        "took_ms",
                        Duration.ofNanos(System.nanoTime() - startedNanos).toMillis())
                .log("Matched donors");
    }
}
