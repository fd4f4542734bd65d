package io.heliograph.gateway;

import static io.heliograph.gateway.EventCalls.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.gateway.messages.fields.Estimates;
import io.heliograph.gateway.notifications.catalog.AccountCatalogs;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.ShippedCatalog;
import io.heliograph.gateway.notifications.settings.AccountSettings;
import io.heliograph.gateway.notifications.telling.PlanEvents;
import io.heliograph.gateway.notifications.telling.ReleaseStore;
import io.heliograph.gateway.notifications.telling.Tell;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Ids;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway that knows nothing yet of an account's own types loses none of their digests. */
class DigestCatalogsTest {
    private static final DatabaseUrl DATABASE = TestDatabase.fresh();

    /** Its clock stands, so that it releases nothing itself. */
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway(DATABASE, Map.of(), new TestClock("2040-01-10T12:00:00Z"));

    private static final EventCalls CALLS = new EventCalls(GATEWAY);

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool = Database.pool(vertx, DATABASE, "test", 2);
    /** As of a gateway that has not looked since the account published its first type. */
    private final AccountCatalogs fresh = new AccountCatalogs(pool, ShippedCatalog.read(), account -> "en");

    private String held = "";

    @BeforeEach
    void an_event_of_a_type_of_the_accounts_own_is_held() {
        put(
                "/v1/notification-types/bed_made",
                new JsonObject()
                        .put("category", "care")
                        .put("priority", "regular")
                        .put("channels", new JsonArray().add("email"))
                        .put("variables", new JsonObject().put("bed", "text")));
        put(
                "/v1/templates/bed_made/email/en/draft",
                new JsonObject().put("title", "Beds").put("text", "Made:{{#items}} {{bed}}{{/items}}"));
        assertThat(GATEWAY.post("/v1/templates/bed_made/email/en/publish", "").statusCode())
                .isBetween(200, 201);
        CALLS.settings(new JsonObject()
                .put(
                        "digests",
                        new JsonArray()
                                .add(new JsonObject().put("type", "bed_made").put("window", "1h"))));
        CALLS.user("ann", new JsonObject().put("email", "ann@example.com"));
        held = CALLS.accepted(event("bed_made", "ann", new JsonObject().put("bed", "7")))
                .getString("id");
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void reads_what_it_does_not_know() throws Exception {
        int released = release(fresh, "2040-01-10T14:00:00Z");

        assertThat(released).isEqualTo(1);
        assertThat(CALLS.message(outcome()).getString("text")).isEqualTo("Made: 7");
    }

    @Test
    void waits_while_it_cannot_be_read_and_keeps_no_other_waiting() throws Exception {
        JsonObject before = outcome();

        int _ = release(new UnreadableCatalog(_ -> true), "2040-01-10T14:00:00Z");

        assertThat(outcome()).isEqualTo(before);
        assertThat(release(fresh, "2040-01-10T14:00:05Z")).isZero();
        assertThat(release(fresh, "2040-01-10T14:00:10Z")).isEqualTo(1);
        assertThat(outcome().getString("status")).isEqualTo("accepted");
    }

    private int release(Catalog catalog, String now) throws Exception {
        PlanEvents planEvents =
                new PlanEvents(catalog, new Tell(Estimates.AT_ONCE, new Ids()), new AccountSettings(pool));
        return new ReleaseStore(pool, catalog, planEvents, Topics.UNROUTED, ErasedPersons.NONE, new TestClock(now))
                .runOnce()
                .await(10, TimeUnit.SECONDS);
    }

    private JsonObject outcome() {
        return CALLS.notification(held).getJsonObject("channels").getJsonObject("email");
    }

    private static void put(String path, JsonObject body) {
        assertThat(GATEWAY.send(GATEWAY.request(path).PUT(BodyPublishers.ofString(body.encode())))
                        .statusCode())
                .isBetween(200, 201);
    }
}
