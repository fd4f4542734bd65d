package io.heliograph.gateway;

import static io.heliograph.gateway.EventCalls.event;
import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Much happened at once. */
class PostingEventBatchesTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final EventCalls CALLS = new EventCalls(GATEWAY);
    private static final JsonObject ORDER =
            new JsonObject().put("order_id", "A17").put("amount", "₹250");

    @BeforeEach
    void ann_and_bob() {
        CALLS.user("ann", new JsonObject().put("email", "ann@example.com"));
        CALLS.user("bob", new JsonObject().put("email", "bob@example.com"));
    }

    @Test
    void answers_each_event_in_its_place() {
        HttpResponse<String> answer = post(
                event("order_created", "ann", ORDER),
                event("order_eaten", "a/b", ORDER),
                event("order_created", "nobody", ORDER),
                event("order_created", "bob", new JsonObject().put("amount", 3).put("colour", "red")),
                event("payment_failed", "bob", ORDER));

        assertThat(answer.statusCode()).isEqualTo(202);
        JsonObject body = json(answer);
        assertThat(body.getInteger("accepted")).isEqualTo(2);
        assertThat(body.getInteger("refused")).isEqualTo(3);
        assertThat(statuses(body)).containsExactly("accepted", "refused", "refused", "refused", "accepted");
        assertThat(pointers(body, 1)).containsExactlyInAnyOrder("/events/1/type", "/events/1/user");
        assertThat(item(body, 2).getJsonObject("error").getString("code")).isEqualTo("unknown_user");
        assertThat(pointers(body, 3))
                .containsExactlyInAnyOrder("/events/3/data/order_id", "/events/3/data/amount", "/events/3/data/colour");
        assertThat(item(body, 4)
                        .getJsonObject("channels")
                        .getJsonObject("email")
                        .getString("status"))
                .isEqualTo("accepted");
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isEqualTo(2);
    }

    @Test
    void takes_a_thousand_in_one_transaction() {
        JsonObject[] events = IntStream.range(0, 1_000)
                .mapToObj(i -> event("order_created", i % 2 == 0 ? "ann" : "bob", ORDER))
                .toArray(JsonObject[]::new);

        assertThat(json(post(events)).getInteger("accepted")).isEqualTo(1_000);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isEqualTo(1_000);
        assertThat(GATEWAY.sql().count("SELECT count(DISTINCT created_at) FROM notification"))
                .isOne();
    }

    @Test
    void tells_several_users_of_one_event() {
        JsonObject event = new JsonObject()
                .put("type", "order_created")
                .put("users", new JsonArray().add("ann").add("nobody").add("bob"))
                .put("data", ORDER);

        JsonObject body = json(post(event));

        assertThat(statuses(body)).containsExactly("accepted", "refused", "accepted");
        assertThat(IntStream.range(0, 3).mapToObj(i -> item(body, i).getString("user")))
                .containsExactly("ann", "nobody", "bob");
        assertThat(IntStream.range(0, 3).mapToObj(i -> item(body, i).getInteger("index")))
                .containsOnly(0);
    }

    @Test
    void says_once_what_is_wrong_for_all_users() {
        JsonObject users = new JsonObject()
                .put("type", "order_created")
                .put("users", new JsonArray().add("ann").add(7).add("a/b"));
        JsonObject event = new JsonObject()
                .put("type", "order_created")
                .put("users", new JsonArray().add("ann").add("bob"));
        JsonObject both = event("order_created", "ann", ORDER).put("users", new JsonArray().add("bob"));

        HttpResponse<String> answer = post(users, event, both);

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonObject body = json(answer);
        assertThat(body.getString("code")).isEqualTo("no_item_accepted");
        assertThat(statuses(body)).containsExactly("refused", "refused", "refused");
        assertThat(pointers(body, 0)).containsExactlyInAnyOrder("/events/0/users/1", "/events/0/users/2");
        assertThat(pointers(body, 1)).containsExactlyInAnyOrder("/events/1/data/order_id", "/events/1/data/amount");
        assertThat(pointers(body, 2)).containsExactly("/events/2/users");
    }

    @Test
    void refuses_what_is_no_batch() {
        JsonArray many = new JsonArray();
        IntStream.range(0, 501)
                .forEach(i -> many.add(new JsonObject()
                        .put("type", "order_created")
                        .put("users", new JsonArray().add("ann").add("bob"))));

        assertThat(GATEWAY.post("/v1/events/batch", new JsonObject()).statusCode())
                .isEqualTo(400);
        assertThat(post().statusCode()).isEqualTo(400);
        assertThat(GATEWAY.post("/v1/events/batch", new JsonObject().put("events", many))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void stores_a_batch_once_under_its_key() {
        JsonObject batch = new JsonObject()
                .put(
                        "events",
                        new JsonArray()
                                .add(event("order_created", "ann", ORDER))
                                .add(event("order_created", "bob", ORDER).put("idempotency_key", "own")));

        HttpResponse<String> first = GATEWAY.post("/v1/events/batch", batch, "Idempotency-Key", "b");
        HttpResponse<String> again = GATEWAY.post("/v1/events/batch", batch, "Idempotency-Key", "b");
        HttpResponse<String> other = GATEWAY.post(
                "/v1/events/batch",
                new JsonObject().put("events", new JsonArray().add(event("payment_failed", "bob", ORDER))),
                "Idempotency-Key",
                "b");
        JsonObject alone = CALLS.accepted(event("order_created", "bob", ORDER).put("idempotency_key", "own"));

        assertThat(json(again)).isEqualTo(json(first));
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(alone.getString("id")).isEqualTo(item(json(first), 1).getString("id"));
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isEqualTo(2);
    }

    @Test
    void leaves_the_key_free_of_a_batch_of_which_nothing_was_stored() {
        JsonObject nobody =
                new JsonObject().put("events", new JsonArray().add(event("order_created", "nobody", ORDER)));
        JsonObject ann = new JsonObject().put("events", new JsonArray().add(event("order_created", "ann", ORDER)));

        assertThat(GATEWAY.post("/v1/events/batch", nobody, "Idempotency-Key", "b")
                        .statusCode())
                .isEqualTo(400);
        assertThat(GATEWAY.post("/v1/events/batch", ann, "Idempotency-Key", "b").statusCode())
                .isEqualTo(202);
    }

    @Test
    void remembers_who_was_not_told_because_they_had_opted_out() {
        GATEWAY.sql()
                .execute("INSERT INTO suppression (account_id, channel, person, sender, changed_by)"
                        + " SELECT id, 'email', 'ann@example.com', '', 'account' FROM account WHERE name = 'default'");

        JsonObject body = json(post(event("order_created", "ann", ORDER), event("order_created", "bob", ORDER)));

        JsonObject ofAnn = item(body, 0).getJsonObject("channels").getJsonObject("email");
        assertThat(ofAnn).isEqualTo(EventCalls.skipped("recipient_opted_out"));
        assertThat(CALLS.notification(item(body, 0).getString("id"))
                        .getJsonObject("channels")
                        .getJsonObject("email"))
                .isEqualTo(ofAnn);
        assertThat(CALLS.notification(item(body, 1).getString("id"))
                        .getJsonObject("channels")
                        .getJsonObject("email")
                        .getString("status"))
                .isEqualTo("accepted");
    }

    @Test
    void shows_nobody_what_another_account_told() {
        String id = CALLS.accepted(event("order_created", "ann", ORDER)).getString("id");
        String bearer = "Bearer " + TestAccounts.add(GATEWAY, "curious", "messages:read");

        assertThat(GATEWAY.get("/v1/notifications/" + id, "Authorization", bearer)
                        .statusCode())
                .isEqualTo(404);
        assertThat(json(GATEWAY.get("/v1/users/ann/notifications", "Authorization", bearer))
                        .getJsonArray("notifications"))
                .isEmpty();
    }

    @Test
    void shows_what_a_user_was_told_page_by_page() {
        List<String> ids = IntStream.range(0, 5)
                .mapToObj(i ->
                        CALLS.accepted(event("order_created", "ann", ORDER)).getString("id"))
                .toList();
        CALLS.accepted(event("order_created", "bob", ORDER));

        JsonObject page = json(GATEWAY.get("/v1/users/ann/notifications?limit=3"));
        JsonObject rest =
                json(GATEWAY.get("/v1/users/ann/notifications?limit=3&cursor=" + page.getString("next_cursor")));

        assertThat(idsOf(page)).containsExactly(ids.get(4), ids.get(3), ids.get(2));
        assertThat(idsOf(rest)).containsExactly(ids.get(1), ids.get(0));
        assertThat(rest.getString("next_cursor")).isNull();
        GATEWAY.sql().execute("UPDATE message SET status = 'sending'");
        assertThat(CALLS.notification(ids.getFirst())
                        .getJsonObject("channels")
                        .getJsonObject("email")
                        .getString("message_status"))
                .isEqualTo("sending");
        assertThat(GATEWAY.get("/v1/notifications/x").statusCode()).isEqualTo(404);
        assertThat(GATEWAY.get("/v1/users/ann/notifications?limit=0&colour=red").statusCode())
                .isEqualTo(400);
    }

    private static HttpResponse<String> post(JsonObject... events) {
        return GATEWAY.post("/v1/events/batch", new JsonObject().put("events", new JsonArray(List.of((Object[])
                        events))));
    }

    private static JsonObject item(JsonObject body, int place) {
        return body.getJsonArray("items").getJsonObject(place);
    }

    private static List<String> statuses(JsonObject body) {
        return body.getJsonArray("items").stream()
                .map(item -> ((JsonObject) item).getString("status"))
                .toList();
    }

    private static List<String> pointers(JsonObject body, int place) {
        return item(body, place).getJsonObject("error").getJsonArray("errors").stream()
                .map(error -> ((JsonObject) error).getString("pointer"))
                .toList();
    }

    private static List<String> idsOf(JsonObject page) {
        return page.getJsonArray("notifications").stream()
                .map(item -> ((JsonObject) item).getString("id"))
                .toList();
    }
}
