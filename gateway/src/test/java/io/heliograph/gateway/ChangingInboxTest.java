package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an account's application changes in the inboxes of its users, and of no others. */
class ChangingInboxTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private final TestInbox inbox = new TestInbox(GATEWAY);
    private final EventCalls calls = new EventCalls(GATEWAY);

    @BeforeEach
    void ann() {
        inbox.user("ann");
    }

    @Test
    void marks_an_item_and_keeps_the_time_of_the_first_mark() {
        String path = TestInbox.PATH + "/" + inbox.ordered("ann", "A1");

        JsonObject seen = inbox.patched(path, new JsonObject().put("seen", true));
        JsonObject read = inbox.patched(path, new JsonObject().put("read", true));
        JsonObject again =
                inbox.patched(path, new JsonObject().put("read", true).put("archived", true));
        JsonObject unread =
                inbox.patched(path, new JsonObject().put("read", false).put("archived", false));

        assertThat(seen.getString("seen_at")).isNotNull();
        assertThat(seen.getString("read_at")).isNull();
        assertThat(read.getString("seen_at")).isEqualTo(seen.getString("seen_at"));
        assertThat(again.getString("read_at")).isEqualTo(read.getString("read_at"));
        assertThat(again.getString("archived_at")).isNotNull();
        assertThat(unread.getString("read_at")).isNull();
        assertThat(unread.getString("archived_at")).isNull();
        assertThat(unread.getString("seen_at")).isEqualTo(seen.getString("seen_at"));
        assertThat(json(GATEWAY.get(path))).isEqualTo(unread);
    }

    @Test
    void marks_several_and_names_those_that_there_are_not() {
        String first = inbox.ordered("ann", "A1");
        String second = inbox.ordered("ann", "A2");
        inbox.user("bob");
        String bobs = inbox.ordered("bob", "B1");

        JsonObject changed = inbox.patched(
                TestInbox.PATH,
                new JsonObject()
                        .put("ids", new JsonArray().add(first).add(bobs).add(second))
                        .put("read", true));

        assertThat(TestInbox.titles(changed)).containsExactly("Your order A2", "Your order A1");
        assertThat(changed.getJsonArray("unknown_ids")).containsExactly(bobs);
        assertThat(changed.getInteger("unread_count")).isZero();
        assertThat(TestUsers.get(GATEWAY, "/v1/users/bob/inbox").getInteger("unread_count"))
                .isEqualTo(1);
    }

    @Test
    void marks_everything_up_to_an_item_or_all_of_it() {
        String _ = inbox.ordered("ann", "A1");
        String second = inbox.ordered("ann", "A2");
        String _ = inbox.ordered("ann", "A3");

        HttpResponse<String> upTo = GATEWAY.post(TestInbox.PATH + "/read", new JsonObject().put("up_to", second));
        HttpResponse<String> all = GATEWAY.post(TestInbox.PATH + "/read", "");

        assertThat(json(upTo)).isEqualTo(new JsonObject().put("marked", 2).put("unread_count", 1));
        assertThat(json(all)).isEqualTo(new JsonObject().put("marked", 1).put("unread_count", 0));
        assertThat(TestInbox.items(inbox.list("")))
                .allSatisfy(item -> assertThat(item.getString("read_at")).isNotNull());
    }

    @Test
    void deletes_an_item_with_its_texts() {
        JsonObject told = json(GATEWAY.post(
                "/v1/events",
                EventCalls.event(
                        "order_created",
                        "ann",
                        new JsonObject().put("order_id", "A17").put("amount", "₹250"))));
        String path = TestInbox.PATH + "/"
                + told.getJsonObject("channels").getJsonObject("in_app").getString("inbox_item_id");

        assertThat(TestUsers.delete(GATEWAY, path).statusCode()).isEqualTo(204);

        assertThat(TestUsers.delete(GATEWAY, path).statusCode()).isEqualTo(404);
        assertThat(GATEWAY.get(path).statusCode()).isEqualTo(404);
        assertThat(inbox.list("").getJsonArray("items")).isEmpty();
        assertThat(GATEWAY.sql().text("SELECT title || body || coalesce(data::text, '') FROM inbox_item"))
                .isEmpty();
        assertThat(calls.notification(told.getString("id")).encode()).doesNotContain("inbox_item\"");
    }

    @Test
    void shows_with_the_notification_whether_it_was_read() {
        JsonObject told = calls.accepted(EventCalls.event(
                "order_created", "ann", new JsonObject().put("order_id", "A17").put("amount", "₹250")));
        JsonObject outcome = told.getJsonObject("channels").getJsonObject("in_app");
        JsonObject item = inbox.patched(
                TestInbox.PATH + "/" + outcome.getString("inbox_item_id"), new JsonObject().put("read", true));

        JsonObject shown = calls.notification(told.getString("id"))
                .getJsonObject("channels")
                .getJsonObject("in_app");

        assertThat(shown).isEqualTo(outcome.copy().put("inbox_item", item));
        assertThat(TestUsers.get(GATEWAY, "/v1/users/ann/notifications").encode())
                .contains(item.getString("read_at"));
    }

    @Test
    void shows_no_account_the_inbox_of_anothers_user() {
        String id = inbox.ordered("ann", "A1");
        String key = "Bearer " + TestAccounts.add(GATEWAY, "other", "messages:read", "messages:write");

        assertThat(GATEWAY.get(TestInbox.PATH, "Authorization", key).statusCode())
                .isEqualTo(404);
        assertThat(GATEWAY.send(
                                GATEWAY.request("/v1/users/ann").PUT(BodyPublishers.ofString("{}")),
                                "Authorization",
                                key)
                        .statusCode())
                .isEqualTo(201);

        assertThat(json(GATEWAY.get(TestInbox.PATH, "Authorization", key)).getJsonArray("items"))
                .isEmpty();
        assertThat(GATEWAY.get(TestInbox.PATH + "/" + id, "Authorization", key).statusCode())
                .isEqualTo(404);
        assertThat(GATEWAY.send(GATEWAY.request(TestInbox.PATH + "/" + id).DELETE(), "Authorization", key)
                        .statusCode())
                .isEqualTo(404);
        assertThat(json(GATEWAY.post(TestInbox.PATH + "/read", "", "Authorization", key))
                        .getInteger("marked"))
                .isZero();
        assertThat(inbox.list("").getInteger("unread_count")).isEqualTo(1);
    }

    @Test
    void names_everything_that_is_wrong() {
        String reader = "Bearer " + TestAccounts.add(GATEWAY, "reader", "messages:read");
        String id = inbox.ordered("ann", "A1");

        assertThat(TestUsers.pointers(TestUsers.send(
                        GATEWAY,
                        "PATCH",
                        TestInbox.PATH,
                        new JsonObject()
                                .put(
                                        "ids",
                                        new JsonArray()
                                                .add("x")
                                                .add(7)
                                                .add(UUID.randomUUID().toString()))
                                .put("read", "yes")
                                .put("seen", false)
                                .put("color", "red"))))
                .containsExactlyInAnyOrder("/ids/0", "/ids/1", "/read", "/seen", "/color");
        assertThat(TestUsers.pointers(TestUsers.send(GATEWAY, "PATCH", TestInbox.PATH, new JsonObject())))
                .containsExactlyInAnyOrder("/ids", "/read");
        assertThat(TestUsers.pointers(
                        TestUsers.send(GATEWAY, "PATCH", TestInbox.PATH + "/" + id, new JsonObject().putNull("read"))))
                .containsExactly("/read");
        assertThat(TestUsers.pointers(GATEWAY.post(TestInbox.PATH + "/read", new JsonObject().put("up_to", "x"))))
                .containsExactly("/up_to");
        assertThat(TestUsers.pointers(
                        GATEWAY.post("/v1/users/ann/inbox-tokens", new JsonObject().put("valid_for", "2d"))))
                .containsExactly("/valid_for");
        assertThat(json(GATEWAY.get(TestInbox.PATH + "?unread=maybe&archived=1&limit=1000&cursor=x&color=red"))
                        .getJsonArray("errors"))
                .hasSize(5);
        assertThat(GATEWAY.get("/v1/users/bob/inbox").statusCode()).isEqualTo(404);
        assertThat(GATEWAY.get("/v1/users/a%20b/inbox").statusCode()).isEqualTo(400);
        assertThat(GATEWAY.get(TestInbox.PATH + "/x").statusCode()).isEqualTo(404);
        assertThat(GATEWAY.post(TestInbox.PATH + "/read", "", "Authorization", reader)
                        .statusCode())
                .isEqualTo(403);
        assertThat(GATEWAY.post("/v1/users/ann/inbox-tokens", "", "Authorization", reader)
                        .statusCode())
                .isEqualTo(403);
        assertThat(GATEWAY.post("/v1/users/bob/inbox-tokens", "").statusCode()).isEqualTo(404);
    }
}
