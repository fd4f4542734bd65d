package io.heliograph.gateway.sos;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.settings.AccountSettings;
import io.heliograph.gateway.notifications.telling.Tell;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.gateway.sos.badges.Badges;
import io.heliograph.gateway.sos.donors.DonorRoutes;
import io.heliograph.gateway.sos.ending.EndRequests;
import io.heliograph.gateway.sos.matching.MatchDonors;
import io.heliograph.gateway.sos.places.PlaceRoutes;
import io.heliograph.gateway.sos.replies.RespondRoutes;
import io.heliograph.gateway.sos.replies.SosDialog;
import io.heliograph.gateway.sos.requests.RequestRoutes;
import io.heliograph.gateway.sos.responses.Responses;
import io.heliograph.gateway.sos.telling.TellSos;
import io.heliograph.gateway.turns.Dialog;
import io.heliograph.runtime.Aside;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.IndexedPlans;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Executors;

/** What a gateway has for those who need blood and those who give it: one for all of its event loops. */
public final class Sos {
    /** Each may be that of a match. */
    private static final int CONNECTIONS_MAX = 4;

    private static final Duration STATEMENT_MAX = Duration.ofSeconds(9);
    /** A request that a frozen gateway holds is free after that. */
    private static final Duration IDLE_IN_TRANSACTION_MAX = Duration.ofSeconds(10);

    /** What others have, too. */
    public record Around(
            Catalog catalog,
            AccountSettings settings,
            Tell tell,
            Topics topics,
            ErasedPersons erased,
            Origins origins) {}

    private final Pool pool;
    private final Around around;
    private final TellSos tell;
    private final Aside aside = new Aside(Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("plan-sos").factory()));

    /** The pool is closed by whoever made it. */
    public Sos(Pool pool, Around around) {
        this.pool = pool;
        this.around = around;
        this.tell = new TellSos(
                around.catalog(),
                around.settings(),
                around.tell(),
                around.origins().ids());
    }

    /** Apart from the others: nobody who asks for anything else waits behind a match. */
    public static Pool pool(Vertx vertx, DatabaseUrl url) {
        PgConnectOptions options = IndexedPlans.on(url.connectOptions("heliograph-gateway-sos", STATEMENT_MAX))
                .addProperty("idle_in_transaction_session_timeout", Long.toString(IDLE_IN_TRANSACTION_MAX.toMillis()));
        return Database.pool(vertx, options, CONNECTIONS_MAX);
    }

    /** What takes the answers of donors. */
    public Dialog dialog() {
        return new SosDialog(tell, around.topics(), around.erased(), around.origins());
    }

    public EndRequests ending() {
        return new EndRequests(
                pool, tell, around.topics(), around.erased(), around.origins().clock(), aside);
    }

    public void mount(Router router, Answers answers, ApiKeys apiKeys, Recipients recipients) {
        Badges badges = new Badges(apiKeys, pool);
        new DonorRoutes(apiKeys, pool, badges).mount(router, answers);
        badges.mount(router, answers);
        new PlaceRoutes(apiKeys, pool).mount(router, answers);
        new RequestRoutes(apiKeys, pool, recipients, around.origins(), new SecureRandom(), aside)
                .mount(router, answers);
        new MatchDonors(apiKeys, pool, tell, around.topics(), around.erased(), around.origins(), aside)
                .mount(router, answers);
        new Responses(apiKeys, pool).mount(router, answers);
        new RespondRoutes(apiKeys, pool, tell, around.topics(), around.erased(), around.origins())
                .mount(router, answers);
    }
}
