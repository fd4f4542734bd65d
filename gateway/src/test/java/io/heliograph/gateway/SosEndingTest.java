package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a patient gets to know, when there are donors enough, and what the others are told. */
class SosEndingTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final SosCalls SOS = new SosCalls(GATEWAY);
    private static final JsonObject SHARE =
            new JsonObject().put("answer", "yes").put("share", true);
    private static final JsonObject YES = new JsonObject().put("answer", "yes");
    private static final JsonObject NO = new JsonObject().put("answer", "no");

    private JsonObject request = new JsonObject();

    @BeforeEach
    void five_are_asked() {
        SOS.empty();
        String[] donors = {"ann", "bob", "cas", "dan", "eve"};
        for (int i = 0; i < donors.length; i++) {
            SOS.donor(donors[i], "+1500555001" + i, "O-", "Mumbai");
        }
        request = SOS.request(SosCalls.wish("A+", "Mumbai").put("units", 2));
        JsonObject _ = SOS.match(request);
    }

    @Test
    void is_fulfilled_by_as_many_as_the_patient_can_call_and_the_others_are_told() {
        SOS.sent(request);
        GATEWAY.sql()
                .execute(
                        "UPDATE message SET status = 'queued', settled_at = NULL, sent_at = NULL, attempt = 0 WHERE user_id = 'eve';"
                                + " INSERT INTO outbox (message_id, topic, lane, account_id, due_at, created_at)"
                                + " SELECT id, 'sms', lane, account_id, now(), now() FROM message WHERE user_id = 'eve'");
        respond("ann", SHARE);
        respond("cas", NO);
        respond("dan", YES);
        assertThat(SOS.shown(request).getString("status")).isEqualTo("open");

        respond("bob", SHARE);

        assertThat(SOS.shown(request).getString("status")).isEqualTo("fulfilled");
        awaitWoundUp();
        // Ann and Bob are expected, Cas has said no, Dan is told, and Eve's alert never left.
        assertThat(
                        GATEWAY.sql()
                                .text(
                                        "SELECT string_agg(user_id || ' ' || lane || ' ' || body, '|') FROM message WHERE notification_type = 'sos_over'"))
                .isEqualTo("dan normal Thank you for being there! A+ blood in Mumbai (request "
                        + request.getString("token") + ") is no longer needed.");
        assertThat(SOS.response(request, "eve").getJsonObject("message").getString("status"))
                .isEqualTo("canceled");
        assertThat(TestUsers.get(GATEWAY, "/v1/ledger").getLong("violations")).isZero();
        assertThat(json(SOS.act(request, "match", new JsonObject())).getJsonArray("allowed"))
                .isEqualTo(new JsonArray().add("close"));
    }

    @Test
    void what_a_worker_has_claimed_goes_its_way_and_nothing_follows_it() {
        JsonObject _ = TestUsers.put(
                GATEWAY, "eve", new JsonObject().put("phone", "+15005550014").put("email", "eve@example.com"));
        GATEWAY.sql()
                .execute("UPDATE message SET status = 'sending', attempt = 1, claimed_at = now(), fallback ="
                        + " '[{\"channel\": \"email\", \"to\": \"eve@example.com\", \"text\": \"x\", \"segments\": 0, \"encoding\": \"utf8\"}]'"
                        + " WHERE user_id = 'eve'");

        JsonObject _ = SOS.acted(request, "close", new JsonObject());
        awaitWoundUp();

        assertThat(
                        GATEWAY.sql()
                                .text(
                                        "SELECT string_agg(user_id || ' ' || status, ', ' ORDER BY user_id) FROM message WHERE notification_type = 'sos_alert'"))
                .isEqualTo("ann canceled, bob canceled, cas canceled, dan canceled, eve sending");
        // If the provider puts it off, it is not sent again.
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message WHERE user_id = 'eve' AND expires_at <= now()"))
                .isOne();
        GATEWAY.sql()
                .execute(
                        "UPDATE message SET status = 'failed', settled_at = now() WHERE status = 'sending'; DELETE FROM outbox");
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message WHERE channel = 'email'"))
                .isZero();
    }

    @Test
    void what_a_worker_claims_at_that_moment_goes_its_way_once() throws Exception {
        try (Connection worker = TestDatabase.connect(GATEWAY.sql().url());
                Statement claim = worker.createStatement()) {
            worker.setAutoCommit(false);
            int _ = claim.executeUpdate(
                    "UPDATE message SET status = 'sending', attempt = 1, claimed_at = now() WHERE user_id = 'eve'");
            JsonObject _ = SOS.acted(request, "close", new JsonObject());
            await().until(() ->
                    GATEWAY.sql().count("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()")
                            > 0);
            worker.commit();
        }
        awaitWoundUp();

        // If the provider puts it off, it is not sent again.
        assertThat(GATEWAY.sql()
                        .text("SELECT status || ' ' || (expires_at <= now()) FROM message WHERE user_id = 'eve'"
                                + " AND notification_type = 'sos_alert'"))
                .isEqualTo("sending true");
    }

    @Test
    void tells_by_email_too_whom_the_sms_did_not_reach() {
        JsonObject _ = TestUsers.put(
                GATEWAY, "eve", new JsonObject().put("phone", "+15005550014").put("email", "eve@example.com"));
        JsonObject again = SOS.request("A+", "Mumbai");
        JsonObject _ = SOS.match(again);
        SOS.sent(again);
        String alert = SOS.response(again, "eve").getJsonObject("message").getString("id");
        GATEWAY.sql().execute("UPDATE message SET status = 'undelivered' WHERE id = '" + alert + "'");
        GATEWAY.sql()
                .execute(
                        "UPDATE message SET status = 'sent', attempt = 1, sent_at = now(), settled_at = now() WHERE channel = 'email'");

        JsonObject _ = SOS.acted(again, "close", new JsonObject());
        awaitWoundUp();

        assertThat(GATEWAY.sql()
                        .text(
                                "SELECT concat_ws(' ', recipient, fallback #>> '{0,to}', fallback #>> '{0,content,subject}')"
                                        + " FROM message WHERE user_id = 'eve' AND notification_type = 'sos_over'"))
                .isEqualTo("+15005550014 eve@example.com A+ blood in Mumbai is no longer needed");
    }

    @Test
    void ends_with_its_token_when_nobody_closes_it() {
        respond("ann", SHARE);
        respond("bob", YES);
        GATEWAY.sql()
                .execute(
                        "WITH moved AS (UPDATE message SET status = 'sent', attempt = 1, sent_at = now(), settled_at = now()"
                                + " WHERE user_id IN ('ann', 'bob', 'cas') AND notification_type = 'sos_alert' RETURNING id)"
                                + " DELETE FROM outbox USING moved WHERE message_id = moved.id");

        GATEWAY.sql().execute("UPDATE sos_request SET token_expires_at = now()");
        await().atMost(Duration.ofSeconds(15))
                .until(() -> SOS.shown(request).getString("status").equals("closed"));
        awaitWoundUp();

        // Ann may still be called, Cas has never answered, and the alerts of the others have not left.
        assertThat(GATEWAY.sql()
                        .text("SELECT string_agg(user_id, ' ') FROM message WHERE notification_type = 'sos_over'"))
                .isEqualTo("bob");
        assertThat(SOS.response(request, "eve").getJsonObject("message").getString("status"))
                .isEqualTo("canceled");
        assertThat(TestUsers.get(GATEWAY, "/v1/ledger").getLong("violations")).isZero();
    }

    @Test
    void closed_stays_closed_where_the_token_runs_out_before_everybody_is_told() {
        respond("ann", SHARE);
        GATEWAY.sql()
                .execute(
                        "WITH moved AS (UPDATE message SET status = 'sent', attempt = 1, sent_at = now(), settled_at = now()"
                                + " WHERE user_id IN ('ann', 'cas') AND notification_type = 'sos_alert' RETURNING id)"
                                + " DELETE FROM outbox USING moved WHERE message_id = moved.id");

        GATEWAY.sql()
                .execute("UPDATE sos_request SET status = 'closed', ended_at = now() - interval '2 seconds',"
                        + " token_expires_at = now() - interval '1 second', winding = true");
        awaitWoundUp();

        // Its account has ended it: Ann must not set out, and Cas need not answer.
        assertThat(
                        GATEWAY.sql()
                                .text(
                                        "SELECT string_agg(user_id, ' ' ORDER BY user_id) FROM message WHERE notification_type = 'sos_over'"))
                .isEqualTo("ann cas");
    }

    @Test
    void very_many_that_have_expired_are_closed_some_at_a_time() {
        GATEWAY.sql().execute("""
                INSERT INTO sos_request (id, account_id, patient_id, blood_group, units, city, city_key, priority, token, token_expires_at)
                SELECT gen_random_uuid(), account_id, 'patient', 'A+', 1, 'Mumbai', 'mumbai', 'normal', 'T' || n, now()
                FROM sos_request, generate_series(1, 250) AS n""");

        await().atMost(Duration.ofSeconds(15))
                .until(() -> GATEWAY.sql()
                                .count(
                                        "SELECT count(*) FROM sos_request WHERE status = 'closed' AND ended_at IS NOT NULL")
                        == 250);
        awaitWoundUp();
        assertThat(SOS.shown(request).getString("status")).isEqualTo("open");
    }

    @Test
    void opens_again_when_a_donor_on_whom_the_patient_counts_withdraws() {
        respond("ann", SHARE);
        respond("bob", SHARE);
        awaitWoundUp();

        respond("bob", NO);

        assertThat(SOS.shown(request).getString("status")).isEqualTo("open");
        assertThat(SOS.toldPatient()).endsWith("cannot come after all.");
        respond("bob", SHARE);
        assertThat(SOS.shown(request).getString("status")).isEqualTo("fulfilled");
        awaitWoundUp();
    }

    @Test
    void many_who_share_at_once_fulfil_it_once_and_no_more_are_revealed_than_are_needed() throws Exception {
        String[] donors = {"ann", "bob", "cas", "dan", "eve"};

        var _ = AtOnce.call(donors.length, i -> SOS.respond(SOS.response(request, donors[i]), SHARE));

        assertThat(SOS.shown(request).getString("status")).isEqualTo("fulfilled");
        assertThat(SOS.statistics(request).getInteger("yes")).isEqualTo(5);
        assertThat(SOS.statistics(request).getInteger("shared")).isEqualTo(2);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM sos_reveal")).isEqualTo(2);
        awaitWoundUp();
    }

    @Test
    void tells_the_patient_where_the_request_says_and_not_against_their_will() {
        GATEWAY.sql().execute("UPDATE sos_request SET contact = '+15005550901'");
        respond("ann", SHARE);
        assertThat(GATEWAY.sql().text("SELECT recipient FROM message WHERE notification_type = 'sos_donor_found'"))
                .isEqualTo("+15005550901");
        assertThat(TestUsers.send(
                                GATEWAY,
                                "PUT",
                                "/v1/suppressions",
                                new JsonObject()
                                        .put("channel", "sms")
                                        .put("person", "+15005550901")
                                        .put("source", "letter"))
                        .statusCode())
                .isBetween(200, 201);

        respond("bob", SHARE);

        assertThat(GATEWAY.sql().count("SELECT count(*) FROM sos_reveal")).isEqualTo(1);
        assertThat(SOS.response(request, "bob").getBoolean("shared")).isTrue();
        // Two are needed, and the patient knows of one.
        assertThat(SOS.shown(request).getString("status")).isEqualTo("open");
    }

    @Test
    void tells_whom_to_call_only_to_a_key_that_may_be_told() {
        respond("ann", SHARE);
        String path = "/v1/sos/responses/" + SOS.response(request, "ann").getString("id") + "/reveal";
        JsonObject patient = new JsonObject().put("patient", "patient");
        String reader = TestAccounts.add(GATEWAY, "default", "messages:read", "messages:write");
        String revealer = TestAccounts.add(GATEWAY, "default", "contacts:reveal");

        HttpResponse<String> refused = GATEWAY.post(path, patient, "Authorization", "Bearer " + reader);
        HttpResponse<String> told = GATEWAY.post(path, patient, "Authorization", "Bearer " + revealer);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("contacts:reveal").doesNotContain("5005550010");
        assertThat(json(told).getString("phone")).isEqualTo("+15005550010");
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM sos_reveal WHERE way = 'api'"))
                .isOne();
    }

    @Test
    void tells_an_account_whom_to_call_only_for_the_patient_and_notes_it() {
        respond("ann", SHARE);
        respond("bob", YES);
        String ann = "/v1/sos/responses/" + SOS.response(request, "ann").getString("id") + "/reveal";
        String bob = "/v1/sos/responses/" + SOS.response(request, "bob").getString("id") + "/reveal";

        HttpResponse<String> told = GATEWAY.post(ann, new JsonObject().put("patient", "patient"));
        HttpResponse<String> other = GATEWAY.post(ann, new JsonObject().put("patient", "bob"));
        HttpResponse<String> unshared = GATEWAY.post(bob, new JsonObject().put("patient", "patient"));

        assertThat(json(told).getString("phone")).isEqualTo("+15005550010");
        assertThat(json(told).getString("name")).isEqualTo("Name of ann");
        assertThat(other.statusCode()).isEqualTo(404);
        assertThat(json(unshared).getString("code")).isEqualTo("not_shared");
        assertThat(GATEWAY.post(ann, new JsonObject()).statusCode()).isEqualTo(400);
        JsonArray reveals = TestUsers.get(GATEWAY, "/v1/sos/requests/" + request.getString("id") + "/reveals")
                .getJsonArray("reveals");
        assertThat(reveals)
                .extracting(reveal ->
                        ((JsonObject) reveal).getString("donor") + " " + ((JsonObject) reveal).getString("way"))
                .containsExactly("ann message", "ann api");
        assertThat(reveals.encode()).doesNotContain("5005550010", "Name of");
        respond("ann", NO);
        assertThat(GATEWAY.post(ann, new JsonObject().put("patient", "patient")).statusCode())
                .isEqualTo(409);
    }

    @Test
    void the_audit_is_never_changed() {
        respond("ann", SHARE);

        assertThatThrownBy(() -> GATEWAY.sql().execute("UPDATE sos_reveal SET donor_id = 'bob'"))
                .hasMessageContaining("never changed");
        assertThatThrownBy(() -> GATEWAY.sql().execute("DELETE FROM sos_reveal"))
                .hasMessageContaining("never changed");
        assertThatThrownBy(() -> GATEWAY.sql().execute("TRUNCATE sos_reveal")).hasMessageContaining("never changed");
    }

    @Test
    void nobody_learns_how_to_reach_a_donor_from_any_list() {
        JsonObject _ = TestUsers.put(
                GATEWAY, "ann", new JsonObject().put("phone", "+15005550010").put("email", "ann.of.pune@example.com"));
        request = SOS.request("A+", "Mumbai");
        JsonObject _ = SOS.match(request);
        respond("ann", SHARE);
        String id = request.getString("id");
        String alert = SOS.response(request, "ann").getJsonObject("message").getString("id");
        GATEWAY.sql()
                .execute(
                        "UPDATE message SET status = 'failed', reason = 'recipient_unreachable', settled_at = now() WHERE id = '"
                                + alert + "'");

        for (String path : new String[] {
            "/v1/sos/requests",
            "/v1/sos/requests/" + id,
            "/v1/sos/requests/" + id + "/reveals",
            "/v1/sos/responses?request=" + id,
            "/v1/sos/responses?donor=ann",
            "/v1/sos/responses/" + SOS.response(request, "ann").getString("id"),
            "/v1/messages",
            "/v1/messages/" + alert,
            "/v1/dead-letters",
            "/v1/users/patient/messages",
            "/v1/users/patient/export"
        }) {
            HttpResponse<String> answer = GATEWAY.get(path);

            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body()).as(path).doesNotContain("5005550010", "Name of ann", "ann.of.pune");
        }
    }

    @Test
    void nor_from_what_twilios_words_say_of_the_alert() {
        JsonObject account = TestUsers.get(GATEWAY, "/v1/account");
        String sid = account.getString("twilio_account_sid");
        String login = sid + ":" + account.getString("twilio_auth_token");

        HttpResponse<String> answer = GATEWAY.get(
                "/2010-04-01/Accounts/" + sid + "/Messages.json",
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("+1****0010").doesNotContain("5005550010");
    }

    private void respond(String donor, JsonObject answer) {
        HttpResponse<String> answered = SOS.respond(SOS.response(request, donor), answer);
        assertThat(answered.statusCode()).as(answered.body()).isEqualTo(200);
    }

    private static void awaitWoundUp() {
        awaitWoundUp(GATEWAY);
    }

    static void awaitWoundUp(RunningGateway gateway) {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> gateway.sql().count("SELECT count(*) FROM sos_request WHERE winding") == 0);
    }
}
