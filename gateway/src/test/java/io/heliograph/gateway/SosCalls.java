package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What tests of blood donation ask a gateway, and what people write to it. */
record SosCalls(RunningGateway gateway) {
    static final String PATIENT_PHONE = "+15005550900";
    private static final Duration ANSWER_MAX = Duration.ofSeconds(15);
    private static final AtomicInteger SIDS = new AtomicInteger();

    /** Nothing is left of the tests before. */
    void empty() {
        gateway.sql().execute("DELETE FROM inbound_turn; DELETE FROM inbound_message; DELETE FROM consent_change");
        patient();
    }

    void patient() {
        JsonObject _ = TestUsers.put(gateway, "patient", new JsonObject().put("phone", PATIENT_PHONE));
    }

    /** Who wants to be asked by SMS. */
    void donor(String id, String phone, String group, String city) {
        stranger(id, phone, group, city);
        HttpResponse<String> answer = TestUsers.send(
                gateway,
                "PATCH",
                "/v1/users/" + id + "/preferences",
                new JsonObject()
                        .put("preferences", new JsonObject().put("blood_donation", new JsonObject().put("sms", true))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** Who has said nothing of that. */
    void stranger(String id, String phone, String group, String city) {
        JsonObject _ = TestUsers.put(gateway, id, new JsonObject().put("phone", phone));
        JsonObject _ = putDonor(
                id, new JsonObject().put("blood_group", group).put("city", city).put("name", "Name of " + id));
    }

    /** So many in Mumbai, who can give to everybody and have switched alerts on, or off. */
    void donors(int count, String areAsked) {
        gateway.sql().execute("""
                INSERT INTO app_user (account_id, id, phone, created_at, updated_at)
                SELECT a.id, 'many' || n, '+1415' || 3000000 + n, now(), now()
                FROM account a, generate_series(1, {count}) AS n WHERE a.name = 'default';
                INSERT INTO donor (account_id, user_id, blood_group, city, city_key, available)
                SELECT account_id, id, 'O-', 'Mumbai', 'mumbai', true FROM app_user WHERE id LIKE 'many%';
                INSERT INTO preference (account_id, user_id, category, channel, enabled, changed_at)
                SELECT account_id, id, 'blood_donation', 'sms', {asked}, now() FROM app_user WHERE id LIKE 'many%';
                ANALYZE app_user, donor, preference""".replace("{count}", Integer.toString(count)).replace("{asked}", areAsked));
    }

    JsonObject putDonor(String id, JsonObject donor) {
        HttpResponse<String> answer = TestUsers.send(gateway, "PUT", "/v1/users/" + id + "/donor", donor);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return RunningGateway.json(answer);
    }

    static JsonObject wish(String group, String city) {
        return new JsonObject()
                .put("patient", "patient")
                .put("blood_group", group)
                .put("city", city);
    }

    JsonObject request(JsonObject wish) {
        HttpResponse<String> answer = gateway.post("/v1/sos/requests", wish);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return RunningGateway.json(answer);
    }

    JsonObject request(String group, String city) {
        return request(wish(group, city));
    }

    HttpResponse<String> act(JsonObject request, String action, JsonObject body) {
        return gateway.post("/v1/sos/requests/" + request.getString("id") + "/" + action, body);
    }

    JsonObject acted(JsonObject request, String action, JsonObject body) {
        HttpResponse<String> answer = act(request, action, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return RunningGateway.json(answer);
    }

    JsonObject match(JsonObject request) {
        return acted(request, "match", new JsonObject());
    }

    JsonObject shown(JsonObject request) {
        return TestUsers.get(gateway, "/v1/sos/requests/" + request.getString("id"));
    }

    JsonObject statistics(JsonObject request) {
        return shown(request).getJsonObject("statistics");
    }

    JsonObject response(JsonObject request, String donor) {
        JsonArray responses = TestUsers.get(
                        gateway, "/v1/sos/responses?request=" + request.getString("id") + "&donor=" + donor)
                .getJsonArray("responses");
        assertThat(responses).as(donor).hasSize(1);
        return responses.getJsonObject(0);
    }

    HttpResponse<String> respond(JsonObject response, JsonObject answer) {
        return gateway.post("/v1/sos/responses/" + response.getString("id") + "/respond", answer);
    }

    /** Who were asked for it, in the order of their ids. */
    List<String> asked(JsonObject request) {
        return List.of(gateway.sql()
                .text(
                        "SELECT coalesce(string_agg(donor_id, ' ' ORDER BY donor_id), '') FROM sos_response WHERE request_id = '"
                                + request.getString("id") + "'")
                .split(" "));
    }

    /** By SMS; not waited for. */
    void writes(String phone, String text) {
        HttpResponse<String> answer = InboundPost.twilio(
                gateway,
                InboundPost.twilioForm("SMsos" + SIDS.incrementAndGet(), InboundPost.SHORT_CODE, text)
                        .set("From", phone));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    /** What they are answered. */
    String answered(String phone, String text) {
        long before = answers(phone);
        writes(phone, text);
        await().atMost(ANSWER_MAX).until(() -> answers(phone) > before && noTurnWaits());
        return gateway.sql()
                .text("SELECT body FROM message WHERE recipient = '" + phone + "' AND sender = '"
                        + InboundPost.SHORT_CODE + "' ORDER BY id DESC LIMIT 1");
    }

    /** When all that was written has been taken. */
    void awaitTurns() {
        await().atMost(ANSWER_MAX).until(this::noTurnWaits);
    }

    private boolean noTurnWaits() {
        return gateway.sql().count("SELECT count(*) FROM inbound_turn") == 0;
    }

    /** How often somebody was answered. */
    long answers(String phone) {
        return gateway.sql()
                .count("SELECT count(*) FROM message WHERE recipient = '" + phone + "' AND sender = '"
                        + InboundPost.SHORT_CODE + "'");
    }

    /** What the patient was told, as a worker would send it. */
    String toldPatient() {
        return gateway.sql()
                .text(
                        "SELECT coalesce(string_agg(CASE WHEN secret IS NULL THEN body ELSE with_secret(body, secret) END, ' / ' ORDER BY id), '')"
                                + " FROM message WHERE recipient = '" + PATIENT_PHONE + "'");
    }

    /** As a worker and its provider would. */
    void sent(JsonObject request) {
        gateway.sql()
                .execute(
                        "WITH moved AS (UPDATE message SET status = 'sent', attempt = 1, sent_at = now(), settled_at = now()"
                                + " WHERE id IN (SELECT message_id FROM sos_response WHERE request_id = '"
                                + request.getString("id")
                                + "') AND status = 'queued' RETURNING id) DELETE FROM outbox USING moved WHERE message_id = moved.id");
    }
}
