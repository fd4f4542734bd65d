package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an account's application finds in the inboxes of its users, and what it does with it. */
class InboxTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private final TestInbox inbox = new TestInbox(GATEWAY);
    private final EventCalls calls = new EventCalls(GATEWAY);

    @BeforeEach
    void ann() {
        inbox.user("ann");
    }

    @Test
    void stores_what_an_event_says_and_has_delivered_it_with_that() {
        JsonObject data =
                new JsonObject().put("order_id", "A17").put("amount", "₹250").put("pay_url", "https://example.com/pay");

        JsonObject outcome = inbox.outcome("ann", "payment_initiated", data);

        JsonObject page = inbox.list("");
        JsonObject item = page.getJsonArray("items").getJsonObject(0);
        assertThat(outcome.getString("status")).isEqualTo("delivered");
        assertThat(item.getString("id")).isEqualTo(outcome.getString("inbox_item_id"));
        assertThat(item.getString("title")).isEqualTo("Payment for order A17");
        assertThat(item.getString("body")).contains("₹250", "A17", "https://example.com/pay");
        assertThat(item.getString("category")).isEqualTo("payments");
        assertThat(item.getString("link")).isEqualTo("https://example.com/pay");
        assertThat(item.getJsonObject("data")).isEqualTo(data);
        assertThat(item.getString("read_at")).isNull();
        assertThat(OffsetDateTime.parse(item.getString("expires_at")))
                .isEqualTo(OffsetDateTime.parse(item.getString("created_at")).plusDays(90));
        assertThat(page.getInteger("unread_count")).isEqualTo(1);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isZero();
    }

    @Test
    void speaks_the_users_language_and_keeps_to_what_is_safe_where_a_type_says_what_is() {
        JsonObject _ = TestUsers.put(GATEWAY, "ann", new JsonObject().put("locale", "hi-IN"));
        JsonObject type = new JsonObject()
                .put("category", "care")
                .put("priority", "regular")
                .put("channels", new JsonArray().add("in_app"))
                .put(
                        "variables",
                        new JsonObject()
                                .put(
                                        "clinic",
                                        new JsonObject().put("type", "text").put("phi_safe", true))
                                .put("finding", "text")
                                .put("report", "url"));
        assertThat(TestUsers.send(GATEWAY, "PUT", "/v1/notification-types/result_ready", type)
                        .statusCode())
                .isEqualTo(201);
        assertThat(TestUsers.send(
                                GATEWAY,
                                "PUT",
                                "/v1/templates/result_ready/in_app/en/draft",
                                new JsonObject()
                                        .put("phi_safe", true)
                                        .put("title", "News from {{clinic}}")
                                        .put("text", "{{clinic}} has news for you."))
                        .statusCode())
                .isBetween(200, 201);
        assertThat(GATEWAY.post("/v1/templates/result_ready/in_app/en/publish", "")
                        .statusCode())
                .isEqualTo(200);

        inbox.ordered("ann", "A17");
        JsonObject _ = inbox.outcome(
                "ann",
                "result_ready",
                new JsonObject()
                        .put("clinic", "City Clinic")
                        .put("finding", "flu")
                        .put("report", "https://example.com/r"));

        JsonArray items = inbox.list("").getJsonArray("items");
        assertThat(items.getJsonObject(1).getString("title")).isEqualTo("आपका ऑर्डर A17");
        assertThat(items.getJsonObject(0).getString("title")).isEqualTo("News from City Clinic");
        assertThat(items.getJsonObject(0).getJsonObject("data"))
                .isEqualTo(new JsonObject().put("clinic", "City Clinic"));
        assertThat(items.getJsonObject(0).getString("link")).isNull();
    }

    @Test
    void is_previewed_like_every_other_channel() {
        HttpResponse<String> preview = GATEWAY.post(
                "/v1/templates/preview",
                new JsonObject()
                        .put("type", "order_created")
                        .put("channel", "in_app")
                        .put("locale", "hi")
                        .put("data", new JsonObject().put("order_id", "A17").put("amount", "₹250")));

        assertThat(preview.statusCode()).as(preview.body()).isEqualTo(200);
        assertThat(preview.body()).contains("आपका ऑर्डर A17");
    }

    @Test
    void lists_the_newest_first_in_pages_and_by_what_was_read_and_what_it_is_about() {
        List<String> ids = IntStream.rangeClosed(1, 5)
                .mapToObj(n -> inbox.ordered("ann", "A" + n))
                .toList();
        JsonObject _ = inbox.outcome("ann", "welcome", new JsonObject().put("name", "Ann"));
        JsonObject _ = inbox.patched(TestInbox.PATH + "/" + ids.get(1), new JsonObject().put("read", true));
        JsonObject _ = inbox.patched(TestInbox.PATH + "/" + ids.get(2), new JsonObject().put("archived", true));

        JsonObject first = inbox.list("?limit=2");
        JsonObject second = inbox.list("?limit=3&cursor=" + first.getString("next_cursor"));

        assertThat(TestInbox.titles(first)).containsExactly("Welcome, Ann", "Your order A5");
        assertThat(TestInbox.titles(second)).containsExactly("Your order A4", "Your order A2", "Your order A1");
        assertThat(inbox.list("?cursor=" + second.getString("next_cursor")).getJsonArray("items"))
                .isEmpty();
        assertThat(first.getInteger("unread_count")).isEqualTo(4);
        assertThat(TestInbox.titles(inbox.list("?unread=true&category=orders")))
                .containsExactly("Your order A5", "Your order A4", "Your order A1");
        assertThat(TestInbox.titles(inbox.list("?unread=false"))).containsExactly("Your order A2");
        assertThat(TestInbox.titles(inbox.list("?archived=true"))).containsExactly("Your order A3");
        assertThat(inbox.list("?category=none").getJsonArray("items")).isEmpty();
    }

    /** It interrupts nobody: hours, digests and caps are none of its business. What the user wants is. */
    @Test
    void is_held_back_by_what_the_user_wants_and_by_nothing_else() {
        JsonObject _ = calls.settings(new JsonObject()
                .put(
                        "quiet_hours",
                        new JsonArray()
                                .add(new JsonObject().put("from", "00:00").put("to", "23:59")))
                .put("caps", new JsonArray().add(new JsonObject().put("daily", 1)))
                .put(
                        "digests",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("type", "new_order_assigned")
                                        .put("window", "1h"))));
        JsonObject assigned = new JsonObject().put("order_id", "A1").put("pickup_time", "10:00");
        JsonObject offer = new JsonObject().put("offer", "Half price").put("valid_until", "Sunday");
        await().untilAsserted(() -> assertThat(
                        inbox.outcome("ann", "new_order_assigned", assigned).getString("status"))
                .isEqualTo("delivered"));

        assertThat(inbox.outcome("ann", "new_order_assigned", assigned).getString("status"))
                .isEqualTo("delivered");
        assertThat(inbox.outcome("ann", "promo_offer", offer)).isEqualTo(EventCalls.skipped("not_consented"));
        TestUsers.send(
                GATEWAY,
                "PATCH",
                "/v1/users/ann/preferences",
                new JsonObject()
                        .put(
                                "preferences",
                                new JsonObject()
                                        .put("marketing", new JsonObject().put("in_app", true))
                                        .put("partners", new JsonObject().put("in_app", false))));
        assertThat(inbox.outcome("ann", "promo_offer", offer).getString("status"))
                .isEqualTo("delivered");
        assertThat(inbox.outcome("ann", "new_order_assigned", assigned))
                .isEqualTo(EventCalls.skipped("disabled_by_user"));
        JsonObject _ = calls.settings(new JsonObject());
    }

    @Test
    void stores_an_item_once_under_a_key_and_none_under_a_key_of_another_event() {
        JsonObject event = EventCalls.event(
                "order_created", "ann", new JsonObject().put("order_id", "A1").put("amount", "1"));
        JsonObject other = EventCalls.event(
                "order_created", "ann", new JsonObject().put("order_id", "A2").put("amount", "1"));

        JsonObject first = json(GATEWAY.post("/v1/events", event, "Idempotency-Key", "key-of-a1"));
        JsonObject again = json(GATEWAY.post("/v1/events", event, "Idempotency-Key", "key-of-a1"));
        HttpResponse<String> reused = GATEWAY.post("/v1/events", other, "Idempotency-Key", "key-of-a1");

        assertThat(again).isEqualTo(first);
        assertThat(reused.statusCode()).isEqualTo(422);
        assertThat(TestInbox.titles(inbox.list(""))).containsExactly("Your order A1");
    }

    @Test
    void takes_a_batch_for_many_users_as_a_whole() {
        JsonArray events = new JsonArray();
        for (int n = 0; n < 300; n++) {
            inbox.user("u" + n % 30);
            events.add(EventCalls.event(
                            "order_created",
                            "u" + n % 30,
                            new JsonObject().put("order_id", "A" + n).put("amount", "1"))
                    .put("idempotency_key", "item-" + n % 250));
        }

        HttpResponse<String> answer =
                GATEWAY.post("/v1/events/batch", new JsonObject().put("events", events), "Idempotency-Key", "batch");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM inbox_item")).isEqualTo(250);
        assertThat(
                        GATEWAY.sql()
                                .count(
                                        "SELECT count(*) FROM notification n JOIN inbox_item i ON i.notification_id = n.id"
                                                + " AND i.user_id = n.user_id AND i.id::text = n.outcomes #>> '{in_app,inbox_item_id}'"))
                .isEqualTo(250);
    }

    @Test
    void keeps_items_for_as_long_as_the_account_says_and_shows_none_that_is_over() {
        JsonObject settings = calls.settings(new JsonObject().put("inbox_days", 7));
        await().untilAsserted(() -> {
            String id = inbox.ordered("ann", "A1");
            assertThat(GATEWAY.sql()
                            .count("SELECT extract(day FROM expires_at - created_at)::int FROM inbox_item WHERE id = '"
                                    + id + "'"))
                    .isEqualTo(7);
        });
        GATEWAY.sql().execute("UPDATE inbox_item SET expires_at = now() - interval '1 second'");
        String later = inbox.ordered("ann", "A2");

        assertThat(settings.getInteger("inbox_days")).isEqualTo(7);
        assertThat(TestInbox.titles(inbox.list(""))).containsExactly("Your order A2");
        assertThat(inbox.list("").getInteger("unread_count")).isEqualTo(1);
        assertThat(inbox.patched(
                                TestInbox.PATH,
                                new JsonObject()
                                        .put("ids", new JsonArray().add(later))
                                        .put("read", true))
                        .getInteger("unread_count"))
                .isZero();
        assertThat(EventCalls.pointers(calls.patch(new JsonObject().put("inbox_days", 0))))
                .containsExactly("/inbox_days");
        assertThat(calls.settings(new JsonObject()).getInteger("inbox_days")).isEqualTo(90);
    }
}
