package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A person is told all that is known of them, and is erased as a whole. */
class ErasingPersonsTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    @BeforeEach
    void ann() {
        GATEWAY.sql().execute("DELETE FROM inbound_message; DELETE FROM consent_change");
        TestUsers.ann(GATEWAY);
    }

    @Test
    void takes_a_person_out_of_all_tables_and_proves_it() {
        anns_whole_history();
        assertThat(GATEWAY.sql().text("SELECT count(*) FROM message")).isNotEqualTo("0");

        HttpResponse<String> answer = TestUsers.delete(GATEWAY, "/v1/users/ann");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonObject proof = finished(json(answer).getString("id"));
        assertThat(proof.getJsonObject("counts").getMap())
                .containsEntry("app_user", 1)
                .containsEntry("inbound_message", 2)
                .containsEntry("preference", 1)
                .containsEntry("inbox_item", 2)
                .containsEntry("inbox_token", 1)
                .containsEntry("push_subscription", 1)
                .containsEntry("notification", 2)
                .containsEntry("verification", 1)
                .containsEntry("verification_count", 1)
                .containsEntry("digest", 1)
                .containsEntry("digest_item", 1)
                .containsEntry("cap_count", 1)
                .containsEntry("campaign_recipient", 2);
        assertThat(proof.getJsonObject("counts").getInteger("message")).isGreaterThanOrEqualTo(3);
        assertThat(proof.getJsonArray("address_hashes").size()).isEqualTo(2);
        for (String table : tables()) {
            assertThat(GATEWAY.sql()
                            .text("SELECT concat_ws(' ', (SELECT string_agg(t::text, ' ') FROM " + table + " t))"))
                    .as(table)
                    .doesNotContain("5005550010", "ann@", "ann-7", "ann's", ",ann,", "table, please", "table is ready");
        }
        assertThat(GATEWAY.get("/v1/users/ann").statusCode()).isEqualTo(404);
        assertThat(TestUsers.get(GATEWAY, "/v1/ledger").getLong("violations")).isZero();
    }

    @Test
    void cancels_what_waits_and_erases_what_is_sent_when_it_has_settled() {
        String waits = TestMessages.queued(GATEWAY);
        String sending = TestMessages.sending(GATEWAY);

        JsonObject proof = json(TestUsers.delete(GATEWAY, "/v1/users/ann"));

        assertThat(GATEWAY.sql().state(waits)).isEqualTo("canceled settled");
        assertThat(column(waits, "recipient || body")).isEmpty();
        // It gets no other try, and nothing follows it.
        assertThat(GATEWAY.sql().state(sending)).isEqualTo("sending promised");
        assertThat(column(sending, "expires_at <= now()")).isEqualTo("t");
        assertThat(proof.getString("finished_at")).isNull();

        GATEWAY.sql()
                .execute("UPDATE message SET status = 'sent', settled_at = now() WHERE id = '" + sending
                        + "'; DELETE FROM outbox WHERE message_id = '" + sending + "'");
        JsonObject finished = finished(proof.getString("id"));

        assertThat(finished.getJsonObject("counts").getInteger("message")).isEqualTo(2);
        assertThat(column(sending, "status || recipient || body")).isEqualTo("sent");
    }

    @Test
    void writes_to_no_erased_person_again_whoever_asks() {
        assertThat(TestUsers.delete(GATEWAY, "/v1/users/ann").statusCode()).isEqualTo(200);

        HttpResponse<String> message = GATEWAY.post(
                "/v1/messages", new JsonObject().put("to", TestUsers.PHONE).put("text", "Hello"));
        HttpResponse<String> fallback = GATEWAY.post(
                "/v1/messages",
                new JsonObject()
                        .put("to", "+15005550099")
                        .put("text", "Hello")
                        .put(
                                "fallback",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("channel", "email")
                                                .put("to", "ann@example.com")
                                                .put("subject", "Hello"))));
        HttpResponse<String> code = GATEWAY.post("/v1/verifications", new JsonObject().put("to", TestUsers.PHONE));
        HttpResponse<String> codeByFallback = GATEWAY.post(
                "/v1/verifications",
                new JsonObject()
                        .put("to", "+15005550099")
                        .put(
                                "fallback",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("channel", "email")
                                                .put("to", "ann@example.com"))));
        TestUsers.ann(GATEWAY);

        assertThat(List.of(json(code), json(codeByFallback)))
                .extracting(problem -> problem.getString("code"), problem -> problem.getString("detail"))
                .containsOnly(tuple("recipient_opted_out", json(message).getString("detail")));
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM verification")).isZero();
        assertThat(json(message).getString("code")).isEqualTo("recipient_opted_out");
        assertThat(json(fallback).getString("code")).isEqualTo("recipient_opted_out");
        assertThat(TestUsers.ordered(GATEWAY, "email")).isEqualTo("recipient_opted_out");
        assertThat(TestMessages.queued(GATEWAY, "+15005550011")).isNotNull();
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isEqualTo(1);
    }

    @Test
    void writes_again_to_whoever_says_yes_anew() {
        assertThat(TestUsers.delete(GATEWAY, "/v1/users/ann").statusCode()).isEqualTo(200);
        TestUsers.ann(GATEWAY);

        HttpResponse<String> yes = GATEWAY.post(
                "/v1/users/ann/consents",
                new JsonObject()
                        .put("channel", "sms")
                        .put("purpose", "transactional")
                        .put("change", "grant")
                        .put("source", "new account"));

        assertThat(yes.statusCode()).isEqualTo(201);
        assertThat(TestUsers.ordered(GATEWAY, "sms")).isEqualTo("accepted");
        assertThat(TestUsers.ordered(GATEWAY, "email")).isEqualTo("recipient_opted_out");
    }

    @Test
    void leaves_everybody_else_alone() {
        String theirs = TestMessages.queued(GATEWAY, "+15005550011");
        String other = TestAccounts.add(GATEWAY, "other", "messages:read", "messages:write");
        JsonObject toAnn = new JsonObject().put("to", TestUsers.PHONE).put("text", "Hello");
        String others = json(GATEWAY.post("/v1/messages", toAnn, "Authorization", "Bearer " + other))
                .getString("id");

        assertThat(TestUsers.delete(GATEWAY, "/v1/users/ann").statusCode()).isEqualTo(200);

        assertThat(GATEWAY.sql().state(theirs)).isEqualTo("queued promised");
        assertThat(GATEWAY.sql().state(others)).isEqualTo("queued promised");
        assertThat(GATEWAY.post("/v1/messages", toAnn, "Authorization", "Bearer " + other)
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void erases_nobody_without_a_key_for_what_is_kept_of_them() throws Exception {
        try (RunningGateway gateway = new RunningGateway(TestDatabase.fresh(), Map.of("HELIOGRAPH_ERASURE_KEY", ""))) {
            TestUsers.ann(gateway);

            HttpResponse<String> answer = TestUsers.delete(gateway, "/v1/users/ann");

            assertThat(json(answer).getString("code")).isEqualTo("erasure_key_missing");
            assertThat(gateway.get("/v1/users/ann").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void knows_nobody_and_no_erasure_that_there_is_not() {
        assertThat(TestUsers.delete(GATEWAY, "/v1/users/bob").statusCode()).isEqualTo(404);
        assertThat(GATEWAY.get("/v1/erasures/x").statusCode()).isEqualTo(404);
    }

    @Test
    void tells_all_that_is_known_of_a_person() {
        anns_whole_history();

        JsonObject export = TestUsers.get(GATEWAY, "/v1/users/ann/export");

        assertThat(export.getJsonObject("user").getString("email")).isEqualTo("ann@example.com");
        assertThat(export.getJsonArray("preferences").size()).isEqualTo(1);
        assertThat(export.getJsonArray("preference_links").encode()).doesNotContain("token");
        assertThat(export.getJsonArray("inbox_tokens").size()).isEqualTo(1);
        assertThat(export.getJsonArray("inbox_tokens").encode()).doesNotContain("token");
        assertThat(export.getJsonArray("inbox_items").encode()).contains("Your order A17", "₹250");
        assertThat(export.getJsonArray("consents").size()).isGreaterThanOrEqualTo(2);
        assertThat(export.getJsonArray("notifications").size()).isEqualTo(2);
        assertThat(export.getJsonArray("push_subscriptions").encode())
                .contains("ann's browser")
                .doesNotContain(TestBrowsers.SECRET, "p256dh");
        assertThat(export.getJsonArray("webhook_events").encode()).contains("ann-7");
        assertThat(export.getJsonArray("inbound").size()).isEqualTo(2);
        assertThat(export.getJsonArray("suppressions").size()).isEqualTo(1);
        assertThat(export.getJsonArray("verifications").size()).isEqualTo(1);
        assertThat(export.getJsonArray("verifications").encode()).doesNotContain("hash");
        assertThat(export.getJsonArray("messages").encode()).contains("Your table is ready", "SM-of-attempt");
        assertThat(export.getString("next_cursor")).isNull();
    }

    @Test
    void tells_it_in_pages_each_thing_once() {
        anns_whole_history();
        JsonObject whole = TestUsers.get(GATEWAY, "/v1/users/ann/export");

        JsonObject pages = new JsonObject();
        String cursor = null;
        do {
            JsonObject page = TestUsers.get(
                    GATEWAY, "/v1/users/ann/export?limit=1" + (cursor == null ? "" : "&cursor=" + cursor));
            cursor = page.getString("next_cursor");
            for (String list : List.of("messages", "inbound", "consents", "suppression_changes", "audiences")) {
                page.getJsonArray(list).addAll(pages.getJsonArray(list, new JsonArray()));
                pages.put(list, page.getJsonArray(list));
            }
        } while (cursor != null);

        assertThat(whole.getJsonArray("audiences").size()).isEqualTo(2);
        for (String list : pages.fieldNames()) {
            assertThat(pages.getJsonArray(list)).as(list).containsExactlyInAnyOrderElementsOf(whole.getJsonArray(list));
        }
    }

    /** All that there are, but their partitions: PersonalColumnsTest says of each column what it holds. */
    private static List<String> tables() {
        return List.of(GATEWAY.sql()
                .text("SELECT string_agg(relname, ' ') FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                        + " AND relkind IN ('r', 'p') AND NOT relispartition")
                .split(" ", -1));
    }

    private static void anns_whole_history() {
        GATEWAY.sql()
                .execute(
                        "INSERT INTO event_listening (account_id, until) SELECT id, now() + interval '1 day' FROM account"
                                + " ON CONFLICT (account_id) DO UPDATE SET until = excluded.until");
        TestUsers.send(
                GATEWAY,
                "PATCH",
                "/v1/users/ann/preferences",
                new JsonObject().put("preferences", new JsonObject().put("orders", new JsonObject().put("sms", true))));
        assertThat(GATEWAY.post(
                                "/v1/users/ann/consents",
                                new JsonObject()
                                        .put("channel", "email")
                                        .put("purpose", "promotional")
                                        .put("change", "grant")
                                        .put("source", "ann's form"))
                        .statusCode())
                .isEqualTo(201);
        assertThat(GATEWAY.post("/v1/users/ann/preference-link", new JsonObject())
                        .statusCode())
                .isEqualTo(201);
        assertThat(GATEWAY.post("/v1/users/ann/inbox-tokens", new JsonObject()).statusCode())
                .isEqualTo(201);
        assertThat(TestUsers.event(GATEWAY, "order_created")).isNotNull();
        assertThat(TestBrowsers.put(
                                GATEWAY,
                                "ann",
                                TestBrowsers.subscription("ann-7").put("user_agent", "ann's browser"))
                        .statusCode())
                .isEqualTo(201);
        assertThat(GATEWAY.post("/v1/webhook-endpoints", new JsonObject().put("url", "https://app.example.com/hooks"))
                        .statusCode())
                .isEqualTo(201);
        assertThat(GATEWAY.post(
                                "/v1/events",
                                EventCalls.event(
                                        "payment_completed",
                                        "ann",
                                        new JsonObject()
                                                .put("order_id", "ann-7")
                                                .put("amount", "1")))
                        .statusCode())
                .isEqualTo(202);
        String sent = json(GATEWAY.post(
                        "/v1/messages",
                        new JsonObject()
                                .put("to", TestUsers.PHONE)
                                .put("text", "Your table is ready")
                                .put("reference", "ann-7")))
                .getString("id");
        TestMessages.recordAttempt(GATEWAY, sent, 1, "SM-of-attempt");
        GATEWAY.sql()
                .execute("UPDATE message SET status = 'sent', settled_at = now(), attempt = 1 WHERE id = '" + sent
                        + "'; DELETE FROM outbox WHERE message_id = '" + sent + "'");
        assertThat(GATEWAY.post(
                                "/v1/verifications",
                                new JsonObject().put("to", TestUsers.PHONE).put("purpose", "login"))
                        .statusCode())
                .isEqualTo(202);
        GATEWAY.sql()
                .execute("INSERT INTO digest (account_id, user_id, type, due_at, items)"
                        + " SELECT id, 'ann', 'order_created', now() + interval '1 day', 1 FROM account WHERE name = 'default';"
                        + " INSERT INTO digest_item (account_id, user_id, type, notification_id, data)"
                        + " SELECT account_id, user_id, type, uuid_v7_now(), '{\"order_id\": \"ann-7\"}' FROM digest;"
                        + " INSERT INTO cap_count (account_id, user_id, category, period, starts_on, told)"
                        + " SELECT account_id, user_id, 'orders', 'day', current_date, 1 FROM digest");
        CampaignCalls campaigns = new CampaignCalls(GATEWAY);
        JsonObject _ = campaigns.uploaded(
                campaigns.draft(CampaignCalls.emails()), "user,email,order_id,locale\nann,ann@example.com,ann-7,en\n");
        JsonObject _ =
                campaigns.uploaded(campaigns.draft(CampaignCalls.emails()), "email,order_id\nann@example.com,ann-7\n");
        InboundPost.twilio(GATEWAY, "SM1", "My table, please. Ann");
        InboundPost.twilio(GATEWAY, "SM2", "STOP");
    }

    /** The proof, when nothing is left to be done. */
    private static JsonObject finished(String id) {
        GATEWAY.sql()
                .execute(
                        "UPDATE erasure SET requested_at = least(requested_at, now() - interval '11 seconds'), looked_at = '-infinity'");
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> TestUsers.get(GATEWAY, "/v1/erasures/" + id),
                        proof -> proof.getString("finished_at") != null);
    }

    private static String column(String id, String expression) {
        return GATEWAY.sql().text("SELECT " + expression + " FROM message WHERE id = '" + id + "'");
    }
}
