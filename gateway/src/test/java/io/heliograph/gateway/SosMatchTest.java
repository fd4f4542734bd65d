package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From a request to the donors who are asked: everybody who may give, and nobody twice. */
class SosMatchTest {
    private static final DatabaseUrl DATABASE = TestDatabase.fresh();
    private static final TestClock CLOCK = new TestClock("2040-01-10T12:00:00Z");

    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway(DATABASE, Map.of(), CLOCK);

    private static final SosCalls SOS = new SosCalls(GATEWAY);
    private static final EventCalls EVENTS = new EventCalls(GATEWAY);

    @BeforeEach
    void patient_by_day() {
        CLOCK.set("2040-01-10T12:00:00Z");
        EVENTS.settings(new JsonObject());
        SOS.empty();
    }

    @Test
    void asks_compatible_donors_of_the_city_who_are_there_and_says_who_was_passed_over() {
        SOS.donor("ann", "+15005550010", "O-", "Mumbai");
        SOS.donor("bob", "+15005550011", "A+", " BOMBAY");
        SOS.donor("cas", "+15005550012", "A-", "mumbaí");
        SOS.donor("dan", "+15005550013", "B+", "Mumbai");
        SOS.donor("eve", "+15005550014", "O+", "Pune");
        SOS.donor("fay", "+15005550015", "O+", "Mumbai");
        JsonObject _ = SOS.putDonor(
                "fay",
                new JsonObject().put("blood_group", "O+").put("city", "Mumbai").put("available", false));
        SOS.stranger("gus", "+15005550016", "O+", "Mumbai");
        SOS.donor("hal", "+15005550017", "O+", "Mumbai");
        JsonObject _ = TestUsers.put(GATEWAY, "hal", new JsonObject().put("email", "hal@example.com"));
        SOS.donor("ivy", "+15005550018", "O+", "Mumbai");
        suppress("+15005550018");
        JsonObject request = SOS.request(SosCalls.wish("A+", "Mumbai").put("hospital", "City Hospital"));

        JsonObject matched = SOS.match(request);

        assertThat(SOS.asked(request)).containsExactly("ann", "bob", "cas");
        assertThat(matched.getInteger("alerted")).isEqualTo(3);
        assertThat(matched.getJsonObject("skipped").getJsonObject("by_reason").encode())
                .isEqualTo("{\"no_address\":1,\"not_consented\":1,\"recipient_opted_out\":1,\"unavailable\":1}");
        assertThat(matched.getJsonObject("skipped").getInteger("total")).isEqualTo(4);
        assertThat(matched.getJsonArray("responses")).hasSize(3).allSatisfy(each -> {
            JsonObject response = (JsonObject) each;
            assertThat(response.getJsonObject("message").getString("status")).isEqualTo("queued");
            assertThat(response.getString("phone")).startsWith("+1****").doesNotContain("500555");
        });
        assertThat(GATEWAY.sql().text("SELECT string_agg(DISTINCT body, '|') FROM message"))
                .isEqualTo("A+ blood needed at City Hospital, Mumbai. Can you give? Reply YES "
                        + request.getString("token") + " or NO " + request.getString("token"));
        assertThat(TestUsers.get(GATEWAY, "/v1/ledger").getLong("violations")).isZero();
    }

    @Test
    void may_be_repeated_and_asks_only_who_is_new() {
        SOS.donor("ann", "+15005550010", "O-", "Mumbai");
        JsonObject request = SOS.request("A+", "Mumbai");
        JsonObject first = SOS.match(request);
        SOS.donor("bob", "+15005550011", "O-", "Mumbai");

        JsonObject second = SOS.match(request);
        JsonObject third = SOS.match(request);

        assertThat(List.of(first, second, third))
                .extracting(matched -> matched.getInteger("alerted") + " " + matched.getInteger("asked_before"))
                .containsExactly("1 0", "1 1", "0 2");
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isEqualTo(2);
    }

    /** Each of them comes before Zed by number. */
    @Test
    void finds_one_who_wants_to_be_asked_behind_very_many_who_do_not() {
        SOS.donors(20_000, "false");
        SOS.donor("zed", "+15995550010", "O-", "Mumbai");
        SOS.donor("zoe", "+15995550011", "O-", "Mumbai");
        suppress("+15995550011");
        JsonObject request = SOS.request("A+", "Mumbai");

        JsonObject matched = SOS.match(request);

        assertThat(SOS.asked(request)).containsExactly("zed");
        assertThat(matched.getJsonObject("skipped").getJsonObject("by_reason").encode())
                .isEqualTo("{\"disabled_by_user\":20000,\"recipient_opted_out\":1}");
        assertThat(matched.getBoolean("more")).isFalse();
    }

    @Test
    void asks_ten_thousand_at_once_and_says_that_there_are_more() {
        SOS.donors(10_001, "true");
        JsonObject request = SOS.request("A+", "Mumbai");

        JsonObject first = SOS.match(request);
        JsonObject second = SOS.match(request);

        assertThat(List.of(first, second))
                .extracting(matched -> matched.getInteger("alerted") + " " + matched.getBoolean("more"))
                .containsExactly("10000 true", "1 false");
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message m JOIN outbox o ON o.message_id = m.id"))
                .isEqualTo(10_001);
    }

    @Test
    void asks_nobody_twice_when_it_is_asked_for_many_times_at_once() throws Exception {
        for (int i = 10; i < 30; i++) {
            SOS.donor("d" + i, "+150055500" + i, "O-", "Mumbai");
        }
        JsonObject request = SOS.request("A+", "Mumbai");

        List<HttpResponse<String>> answers = AtOnce.call(8, _ -> SOS.act(request, "match", new JsonObject()));

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(answers.stream()
                        .mapToInt(answer -> json(answer).getInteger("alerted"))
                        .sum())
                .isEqualTo(20);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message m JOIN outbox o ON o.message_id = m.id"))
                .isEqualTo(20);
    }

    @Test
    void asks_a_number_once_that_two_donors_have() {
        SOS.donor("ann", "+15005550010", "O-", "Mumbai");
        SOS.donor("bob", "+15005550010", "O-", "Mumbai");
        JsonObject request = SOS.request("A+", "Mumbai");

        JsonObject first = SOS.match(request);
        JsonObject second = SOS.match(request);

        assertThat(SOS.asked(request)).containsExactly("ann");
        assertThat(first.getInteger("alerted") + second.getInteger("alerted")).isEqualTo(1);
    }

    @Test
    void writes_nothing_at_all_when_one_part_of_it_cannot_be_written() {
        SOS.donor("ann", "+15005550010", "O-", "Mumbai");
        SOS.donor("bob", "+15005550011", "O-", "Mumbai");
        JsonObject request = SOS.request("A+", "Mumbai");
        GATEWAY.sql().execute("ALTER TABLE sos_response ADD CONSTRAINT not_bob CHECK (donor_id <> 'bob') NOT VALID");

        HttpResponse<String> answer = SOS.act(request, "match", new JsonObject());
        GATEWAY.sql().execute("ALTER TABLE sos_response DROP CONSTRAINT not_bob");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isZero();
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM outbox")).isZero();
        assertThat(SOS.match(request).getInteger("alerted")).isEqualTo(2);
    }

    @Test
    void looks_beside_the_city_only_when_it_is_told_to() {
        SOS.donor("ann", "+15005550010", "O-", "Gurgaon");
        SOS.donor("bob", "+15005550011", "O-", "New Delhi");
        SOS.donor("cas", "+15005550012", "O-", "Jaipur");
        SOS.donor("dan", "+15005550013", "O-", "Meerut");
        JsonObject request = SOS.request("A+", "Delhi");

        JsonObject _ = SOS.match(request);
        assertThat(SOS.asked(request)).containsExactly("bob");
        JsonObject _ = SOS.acted(request, "match", widen(new JsonObject().put("area", "ncr")));
        assertThat(SOS.asked(request)).containsExactly("ann", "bob");
        JsonObject _ =
                SOS.acted(request, "match", widen(new JsonObject().put("cities", new JsonArray().add("MEERUT"))));

        assertThat(SOS.asked(request)).containsExactly("ann", "bob", "dan");
        HttpResponse<String> unknown = SOS.act(
                request,
                "match",
                widen(new JsonObject()
                        .put("cities", new JsonArray().add("Meerutt").add("Agra"))));
        assertThat(TestUsers.pointers(unknown)).containsExactly("/widen/cities/0", "/widen/cities/1");
        assertThat(json(unknown).encode()).contains("Near are: Meerut");
        assertThat(SOS.act(request, "match", widen(new JsonObject().put("area", "Nowhere")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(SOS.act(request, "match", new JsonObject().put("far", true)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void an_account_has_names_of_cities_and_areas_of_its_own() {
        SOS.donor("ann", "+15005550010", "O-", "Bambai");
        SOS.donor("bob", "+15005550011", "O-", "New Delhi");
        SOS.donor("cas", "+15005550012", "O-", "Agra");
        assertThat(put("/v1/sos/city-aliases/Bambai", new JsonObject().put("city", "Bombay")))
                .isEqualTo(200);
        assertThat(put("/v1/sos/city-aliases/new-delhi", new JsonObject().put("city", "New Delhi")))
                .isEqualTo(200);
        assertThat(put(
                        "/v1/sos/areas/Taj",
                        new JsonObject()
                                .put("cities", new JsonArray().add("Agra").add("Mathura"))))
                .isEqualTo(200);
        JsonObject mumbai = SOS.request("A+", "Mumbai");
        JsonObject delhi = SOS.request("A+", "Delhi");

        JsonObject _ = SOS.match(mumbai);
        JsonObject _ = SOS.acted(delhi, "match", widen(new JsonObject().put("area", "TAJ")));

        assertThat(SOS.asked(mumbai)).containsExactly("ann");
        assertThat(SOS.asked(delhi)).containsExactly("cas");
        assertThat(TestUsers.delete(GATEWAY, "/v1/sos/city-aliases/New%20Delhi").statusCode())
                .isEqualTo(204);
        assertThat(SOS.match(delhi).getInteger("alerted")).isEqualTo(1);
        assertThat(put("/v1/sos/areas/Empty", new JsonObject().put("cities", new JsonArray())))
                .isEqualTo(400);
    }

    @Test
    void goes_in_the_lane_of_its_priority_and_wakes_people_only_when_it_is_urgent() {
        SOS.donor("ann", "+919876543210", "O-", "Mumbai");
        EVENTS.settings(new JsonObject()
                .put(
                        "quiet_hours",
                        new JsonArray()
                                .add(new JsonObject().put("from", "21:00").put("to", "09:00"))));
        CLOCK.set("2040-01-10T20:00:00Z");

        for (String priority : new String[] {"normal", "urgent", "critical"}) {
            JsonObject _ = SOS.match(SOS.request(SosCalls.wish("A+", "Mumbai").put("priority", priority)));
        }

        assertThat(GATEWAY.sql()
                        .text(
                                "SELECT string_agg(concat_ws(' ', m.lane, m.send_at AT TIME ZONE 'UTC', left(m.body, 6)), '|' ORDER BY m.id)"
                                        + " FROM message m"))
                .isEqualTo("normal 2040-01-11 03:30:00 A+ blo|normal URGENT|critical URGENT");
    }

    @Test
    void asks_by_email_whom_the_sms_does_not_reach() {
        SOS.donor("ann", "+15005550010", "O-", "Mumbai");
        JsonObject _ = TestUsers.put(
                GATEWAY, "ann", new JsonObject().put("phone", "+15005550010").put("email", "ann@example.com"));
        JsonObject request = SOS.request("A+", "Mumbai");
        JsonObject _ = SOS.match(request);
        SOS.sent(request);

        GATEWAY.sql().execute("UPDATE message SET status = 'undelivered' WHERE channel = 'sms'");

        assertThat(
                        GATEWAY.sql()
                                .text(
                                        "SELECT concat_ws(' ', recipient, status, content ->> 'subject', user_id) FROM message WHERE channel = 'email'"))
                .isEqualTo("ann@example.com queued A+ blood is needed in Mumbai ann");
        assertThat(SOS.statistics(request).getInteger("delivered")).isZero();
        GATEWAY.sql()
                .execute(
                        "DELETE FROM outbox; UPDATE message SET status = 'delivered', settled_at = now() WHERE channel = 'email'");
        assertThat(SOS.statistics(request).getInteger("delivered")).isOne();
    }

    @Test
    void asks_anew_only_who_has_not_answered_and_only_when_it_is_told_to() {
        SOS.donor("ann", "+15005550010", "O-", "Mumbai");
        SOS.donor("bob", "+15005550011", "O-", "Mumbai");
        SOS.donor("cas", "+15005550012", "O-", "Mumbai");
        JsonObject request = SOS.request("A+", "Mumbai");
        JsonObject _ = SOS.match(request);
        GATEWAY.sql().execute("UPDATE sos_response SET alerted_at = now() - interval '1 hour'");
        assertThat(SOS.respond(SOS.response(request, "ann"), new JsonObject().put("answer", "no"))
                        .statusCode())
                .isEqualTo(200);
        JsonObject again = new JsonObject().put("realert", true);

        // Nothing has left yet.
        assertThat(SOS.acted(request, "match", again).getInteger("realerted")).isZero();
        SOS.sent(request);
        assertThat(SOS.match(request).getInteger("realerted")).isZero();
        assertThat(SOS.acted(request, "match", again).getInteger("realerted")).isEqualTo(2);
        // In haste.
        SOS.sent(request);
        assertThat(SOS.acted(request, "match", again).getInteger("realerted")).isZero();

        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isEqualTo(5);
        GATEWAY.sql().execute("UPDATE sos_response SET alerted_at = now() - interval '1 hour', alerts = 3");
        assertThat(SOS.acted(request, "match", again).getInteger("realerted")).isZero();
    }

    @Test
    void asks_nobody_anew_who_has_stopped_giving() {
        SOS.donor("ann", "+15005550010", "O-", "Mumbai");
        SOS.donor("bob", "+15005550011", "O-", "Mumbai");
        JsonObject request = SOS.request("A+", "Mumbai");
        JsonObject _ = SOS.match(request);
        SOS.sent(request);
        GATEWAY.sql()
                .execute("UPDATE sos_response SET alerted_at = now() - interval '1 hour';"
                        + " UPDATE donor SET available = false WHERE user_id = 'bob'");

        assertThat(SOS.acted(request, "match", new JsonObject().put("realert", true))
                        .getInteger("realerted"))
                .isOne();
    }

    @Test
    void a_donor_whose_text_cannot_be_written_keeps_nobody_else_from_theirs() {
        SOS.donor("ann", "+15005550010", "O-", "Mumbai");
        SOS.donor("bob", "+15005550011", "O-", "Mumbai");
        GATEWAY.sql().execute("UPDATE app_user SET locale = 'xx' WHERE id = 'bob'");
        JsonObject request = SOS.request(SosCalls.wish("A+", "Mumbai").put("hospital", "h".repeat(60)));
        // In Bob's language it is too long for an SMS with such a hospital.
        String path = "/v1/templates/sos_alert/sms/xx";
        assertThat(put(
                        path + "/draft",
                        new JsonObject()
                                .put(
                                        "text",
                                        "{{blood_group}} {{units}} {{city}} {{token}} {{hospital}}"
                                                + "x".repeat(1_540))))
                .isBetween(200, 201);
        assertThat(GATEWAY.post(path + "/publish", new JsonObject()).statusCode())
                .isEqualTo(200);

        JsonObject matched = SOS.match(request);

        assertThat(SOS.asked(request)).containsExactly("ann");
        assertThat(matched.getJsonObject("skipped").getJsonObject("by_reason").encode())
                .isEqualTo("{\"text_too_long\":1}");
    }

    private static void suppress(String phone) {
        assertThat(put(
                        "/v1/suppressions",
                        new JsonObject()
                                .put("channel", "sms")
                                .put("person", phone)
                                .put("source", "letter")))
                .isBetween(200, 201);
    }

    private static JsonObject widen(JsonObject how) {
        return new JsonObject().put("widen", how);
    }

    private static int put(String path, JsonObject body) {
        return TestUsers.send(GATEWAY, "PUT", path, body).statusCode();
    }
}
