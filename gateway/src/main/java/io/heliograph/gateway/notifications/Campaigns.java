package io.heliograph.gateway.notifications;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.campaigns.CampaignMeters;
import io.heliograph.gateway.notifications.campaigns.audience.AudienceRoutes;
import io.heliograph.gateway.notifications.campaigns.audience.Uploads;
import io.heliograph.gateway.notifications.campaigns.care.CareForCampaigns;
import io.heliograph.gateway.notifications.campaigns.care.LetHeldGo;
import io.heliograph.gateway.notifications.campaigns.drafting.CampaignRoutes;
import io.heliograph.gateway.notifications.campaigns.drafting.TestSend;
import io.heliograph.gateway.notifications.campaigns.expansion.ExpandChunk;
import io.heliograph.gateway.notifications.campaigns.running.CampaignActions;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.telling.PlanEvents;
import io.heliograph.gateway.notifications.telling.Tell;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.runtime.Aside;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.IndexedPlans;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;

/** What a gateway has for campaigns: one for all of its event loops. */
public final class Campaigns {
    private static final int CONNECTIONS_MAX = 8;
    private static final Duration STATEMENT_MAX = Duration.ofSeconds(15);
    /** A chunk that a frozen gateway holds is free after that. */
    private static final Duration IDLE_IN_TRANSACTION_MAX = Duration.ofSeconds(10);

    /** What others have, too. */
    public record Around(
            Catalog catalog, PlanEvents planEvents, Tell tell, Topics topics, ErasedPersons erased, Origins origins) {}

    private final Pool pool;
    private final Around around;
    private final Uploads uploads;
    private final ExpandChunk expand;
    private final CareForCampaigns care;

    /** The pool is closed by whoever made it. */
    public Campaigns(Pool pool, Around around, PrometheusMeterRegistry registry) {
        this.pool = pool;
        this.around = around;
        this.uploads = new Uploads(around.catalog(), around.origins().ids());
        Clock clock = around.origins().clock();
        Aside aside = new Aside(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("plan-campaign").factory()));
        CampaignMeters meters = new CampaignMeters(registry);
        ExpandChunk.With with =
                new ExpandChunk.With(around.catalog(), around.planEvents(), around.topics(), around.erased());
        this.expand = new ExpandChunk(pool, with, clock, aside, meters);
        LetHeldGo letHeldGo = new LetHeldGo(pool, around.catalog(), around.planEvents(), clock, aside);
        this.care = new CareForCampaigns(pool, letHeldGo, meters, clock);
    }

    /** Apart from the others: nobody who asks for a message waits behind a million of them. */
    public static Pool pool(Vertx vertx, DatabaseUrl url) {
        PgConnectOptions options = IndexedPlans.byNestedLoops(
                        url.connectOptions("heliograph-gateway-campaigns", STATEMENT_MAX))
                .addProperty("idle_in_transaction_session_timeout", Long.toString(IDLE_IN_TRANSACTION_MAX.toMillis()));
        return Database.pool(vertx, options, CONNECTIONS_MAX);
    }

    public ExpandChunk expand() {
        return expand;
    }

    public CareForCampaigns care() {
        return care;
    }

    /** Before the body's handlers. */
    public void mountUploads(Router router, Answers answers, ApiKeys apiKeys, Recipients recipients) {
        new AudienceRoutes(apiKeys, pool, uploads, recipients).mount(router, answers);
    }

    public void mount(Router router, Answers answers, ApiKeys apiKeys, Recipients recipients, Pool readPool) {
        new CampaignRoutes(apiKeys, readPool, around.catalog(), around.origins()).mount(router, answers);
        new CampaignActions(apiKeys, readPool, around.origins()).mount(router, answers);
        new TestSend(
                        apiKeys,
                        readPool,
                        new TestSend.Around(around.catalog(), around.tell(), around.topics(), around.erased()),
                        recipients,
                        around.origins())
                .mount(router, answers);
    }
}
