package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a campaign is to be, and what may be done with it when. */
class CampaignsTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final CampaignCalls CALLS = new CampaignCalls(GATEWAY);

    @Test
    void is_drafted_changed_listed_and_deleted() {
        String id = CALLS.draft(CampaignCalls.emails().put("rate", new JsonObject().put("per_minute", 30)));

        HttpResponse<String> changed =
                patch(id, new JsonObject().put("name", "Other").putNull("rate"));

        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(json(changed).getString("name")).isEqualTo("Other");
        assertThat(json(changed).getValue("rate")).isNull();
        assertThat(CALLS.get(id).getString("status")).isEqualTo("draft");
        assertThat(list("?status=draft")).containsExactly(id);
        assertThat(list("?status=running")).isEmpty();
        assertThat(TestUsers.delete(GATEWAY, "/v1/campaigns/" + id).statusCode())
                .isEqualTo(204);
        assertThat(GATEWAY.get("/v1/campaigns/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void is_made_once_under_a_key() {
        HttpResponse<String> first = GATEWAY.post("/v1/campaigns", CampaignCalls.emails(), "Idempotency-Key", "k");
        HttpResponse<String> again = GATEWAY.post("/v1/campaigns", CampaignCalls.emails(), "Idempotency-Key", "k");
        HttpResponse<String> other = GATEWAY.post("/v1/campaigns", CampaignCalls.offers(), "Idempotency-Key", "k");

        assertThat(json(again).getString("id")).isEqualTo(json(first).getString("id"));
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(list("")).hasSize(1);
    }

    @Test
    void names_everything_that_is_wrong_with_it() {
        HttpResponse<String> answer = GATEWAY.post(
                "/v1/campaigns",
                new JsonObject()
                        .put("type", "promo_offer")
                        .put("channel", "in_app")
                        .put("data", new JsonObject().put("offer", 5).put("colour", "red"))
                        .put("locale", "?")
                        .put("send_at", "2026-12-01T10:00:00")
                        .put("rate", new JsonObject().put("per_second", 0))
                        .put("users", new JsonObject().put("phone_prefixes", new JsonArray().add("91"))));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestUsers.pointers(answer))
                .contains(
                        "/name",
                        "/channel",
                        "/data/offer",
                        "/data/colour",
                        "/locale",
                        "/send_at",
                        "/rate/per_second",
                        "/users/phone_prefixes/0");
    }

    @Test
    void goes_to_no_browsers_which_no_audience_names() {
        HttpResponse<String> answer =
                GATEWAY.post("/v1/campaigns", CampaignCalls.emails().put("channel", "web_push"));

        assertThat(TestUsers.pointers(answer)).containsExactly("/channel");
    }

    @Test
    void says_which_moves_there_are_where_one_is_not_allowed() {
        String id = CALLS.draftOf(CampaignCalls.emails(), 1);

        HttpResponse<String> early = CALLS.act(id, "pause");

        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(json(early).getString("code")).isEqualTo("campaign_state");
        assertThat(json(early).getJsonArray("allowed")).contains("launch", "change", "delete", "test-send");
        CALLS.acted(id, "launch");
        assertThat(TestUsers.delete(GATEWAY, "/v1/campaigns/" + id).statusCode())
                .isEqualTo(409);
        assertThat(patch(id, new JsonObject().put("send_at", "2040-01-01T00:00:00Z"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(CALLS.upload(id, "email\na@example.com\n").statusCode()).isEqualTo(409);
        assertThat(CALLS.act(id, "missed").statusCode()).isEqualTo(409);
        CALLS.written(id);
        CALLS.settle(id, "delivered", "true");
        CALLS.awaitStatus(id, "completed");
        assertThat(json(CALLS.act(id, "pause")).getJsonArray("allowed")).containsExactly("missed");
    }

    @Test
    void may_be_launched_paused_resumed_and_canceled_again_and_again() {
        String id = CALLS.draftOf(CampaignCalls.emails(), 3);

        assertThat(CALLS.acted(id, "launch").getString("status")).isEqualTo("running");
        assertThat(CALLS.acted(id, "launch").getString("status")).isEqualTo("running");
        assertThat(CALLS.acted(id, "pause").getString("status")).isEqualTo("paused");
        assertThat(CALLS.acted(id, "pause").getString("status")).isEqualTo("paused");
        assertThat(CALLS.acted(id, "resume").getString("status")).isEqualTo("running");
        assertThat(CALLS.acted(id, "resume").getString("status")).isEqualTo("running");
        assertThat(CALLS.acted(id, "cancel").getString("status")).isEqualTo("canceled");
        assertThat(CALLS.acted(id, "cancel").getString("status")).isEqualTo("canceled");
    }

    @Test
    void needs_somebody_to_be_sent_to() {
        String id = CALLS.draft(CampaignCalls.emails());

        assertThat(json(CALLS.act(id, "launch")).getString("code")).isEqualTo("no_audience");
    }

    @Test
    void keeps_what_its_audience_was_held_against() {
        String id = CALLS.draftOf(CampaignCalls.emails(), 1);

        assertThat(json(patch(id, new JsonObject().put("data", new JsonObject())))
                        .getString("code"))
                .isEqualTo("audience_uploaded");
        assertThat(TestUsers.delete(GATEWAY, "/v1/campaigns/" + id + "/audience")
                        .statusCode())
                .isEqualTo(204);
        assertThat(patch(id, new JsonObject().put("data", new JsonObject())).statusCode())
                .isEqualTo(200);
    }

    @Test
    void is_nobody_elses() {
        String id = CALLS.draftOf(CampaignCalls.emails(), 1);
        String key = TestAccounts.add(GATEWAY, "other", "messages:write", "messages:read");
        String[] theirs = {"Authorization", "Bearer " + key};

        assertThat(GATEWAY.get("/v1/campaigns/" + id, theirs).statusCode()).isEqualTo(404);
        assertThat(GATEWAY.get("/v1/campaigns/" + id + "/audience", theirs).statusCode())
                .isEqualTo(404);
        assertThat(GATEWAY.get("/v1/campaigns/" + id + "/audience/errors", theirs)
                        .statusCode())
                .isEqualTo(404);
        for (String action : List.of("launch", "pause", "resume", "cancel", "missed", "audience/confirm")) {
            assertThat(GATEWAY.post("/v1/campaigns/" + id + "/" + action, "", theirs)
                            .statusCode())
                    .as(action)
                    .isEqualTo(404);
        }
        assertThat(GATEWAY.send(
                                GATEWAY.request("/v1/campaigns/" + id + "/audience")
                                        .PUT(BodyPublishers.ofString("email\na@example.com\n"))
                                        .header("Content-Type", "text/csv"),
                                theirs)
                        .statusCode())
                .isEqualTo(404);
        assertThat(json(GATEWAY.get("/v1/campaigns", theirs)).getJsonArray("campaigns"))
                .isEmpty();
        assertThat(CALLS.get(id).getString("status")).isEqualTo("draft");
    }

    @Test
    void is_tried_with_a_few_first_which_counts_for_nothing() {
        TestUsers.ann(GATEWAY);
        String id = CALLS.draft(CampaignCalls.emails());
        JsonObject to = new JsonObject()
                .put(
                        "to",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("user", "ann")
                                        .put("data", new JsonObject().put("order_id", "A1")))
                                .add(new JsonObject().put("email", "me@example.com"))
                                .add(new JsonObject()
                                        .put("user", "nobody")
                                        .put("data", new JsonObject().put("order_id", "A1"))));

        HttpResponse<String> answer = GATEWAY.post("/v1/campaigns/" + id + "/test-send", to, "Idempotency-Key", "t");
        HttpResponse<String> again = GATEWAY.post("/v1/campaigns/" + id + "/test-send", to, "Idempotency-Key", "t");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonArray recipients = json(answer).getJsonArray("recipients");
        JsonObject ann = recipients.getJsonObject(0);
        assertThat(json(GATEWAY.get("/v1/messages/" + ann.getString("message_id")))
                        .getString("to"))
                .isEqualTo("ann@example.com");
        assertThat(recipients.getJsonObject(1)).isEqualTo(EventCalls.skipped("not_renderable"));
        assertThat(recipients.getJsonObject(2)).isEqualTo(EventCalls.skipped("unknown_user"));
        assertThat(json(again)).isEqualTo(json(answer));
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isOne();
        assertThat(CALLS.messages(id)).isZero();
    }

    @Test
    void ends_when_nothing_is_left_to_be_sent() {
        String id = CALLS.draftOf(CampaignCalls.emails(), 2);
        CALLS.acted(id, "launch");
        CALLS.written(id);
        CALLS.settle(id, "delivered", "recipient = 'p1@example.com'");
        assertThat(CALLS.get(id).getString("status")).isEqualTo("running");

        CALLS.settle(id, "failed", "recipient = 'p2@example.com'");

        CALLS.awaitStatus(id, "completed");
        assertThat(CALLS.progress(id).getJsonObject("accepted").getJsonObject("by_status"))
                .isEqualTo(new JsonObject().put("delivered", 1).put("failed", 1));
        JsonArray failed = json(GATEWAY.get("/v1/messages?status=failed&campaign_id=" + id))
                .getJsonArray("messages");
        assertThat(failed.size()).isOne();
        assertThat(failed.getJsonObject(0).getString("campaign_id")).isEqualTo(id);
        await().until(() -> GATEWAY.sql().count("SELECT count(*) FROM campaign WHERE at_work") == 0);
    }

    private static HttpResponse<String> patch(String id, JsonObject change) {
        return TestUsers.send(GATEWAY, "PATCH", "/v1/campaigns/" + id, change);
    }

    private static List<String> list(String query) {
        return json(GATEWAY.get("/v1/campaigns" + query)).getJsonArray("campaigns").stream()
                .map(campaign -> ((JsonObject) campaign).getString("id"))
                .toList();
    }
}
