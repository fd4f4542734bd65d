package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.contract.TwilioSignature;
import io.heliograph.gateway.booking.hearing.Said;
import io.heliograph.runtime.FreePorts;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What holds for the conversation whatever is said in it: once and in order, on any number of gateways, and STOP is STOP. */
class BookingByWritingTest {
    private static final TestClock CLOCK = new TestClock("2026-11-24T10:00:00+05:30");

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway(TestDatabase.fresh(), Map.of(), CLOCK);

    private final Chat chat = new Chat(gateway);

    @BeforeEach
    void open() {
        gateway.sql()
                .execute("DELETE FROM conversation; DELETE FROM inbound_message; DELETE FROM inbound_turn;"
                        + " DELETE FROM consent_change; DELETE FROM booking_conversation; DELETE FROM dialog_line;"
                        + " DELETE FROM symptom WHERE account_id > 0");
        Chat.open(gateway);
    }

    @Test
    void messages_that_come_at_the_same_instant_at_two_gateways_are_each_answered_once() throws Exception {
        try (RunningGateway other = new RunningGateway(gateway.sql().url(), Map.of(), CLOCK)) {
            List<RunningGateway> both = List.of(gateway, other);
            String _ = chat.say("fever");

            for (int round = 0; round < 10; round++) {
                List<MultiMap> forms = List.of(Chat.form("Dr Rao"), Chat.form("Dr Khan"));
                var _ = AtOnce.call(2, i -> {
                    Chat.send(both.get(i), forms.get(i));
                    return i;
                });
            }

            await().until(() -> waiting() == 0);
            assertThat(chat.answers()).isEqualTo(21);
            assertThat(gateway.sql().count("SELECT count(*) FROM conversation")).isOne();
            // It stands where the last answer says.
            String doctor = gateway.sql().text("SELECT plan ->> 'doctor' FROM conversation");
            String last = gateway.sql()
                    .text("SELECT m.body FROM inbound_message m ORDER BY m.received_at DESC, m.id DESC LIMIT 1");
            assertThat(doctor).isIn("rao", "khan");
            assertThat(last).startsWith("Dr ");
        }
    }

    @Test
    void what_a_gateway_had_stored_when_it_was_killed_is_answered_by_another() throws Exception {
        int port = FreePorts.next();
        ChildJvm dying = ChildJvm.start(
                Gateway.class,
                Map.of(
                        "HELIOGRAPH_DATABASE_URL", gateway.sql().url().withPassword(),
                        "HELIOGRAPH_HTTP_PORT", Integer.toString(port),
                        "HELIOGRAPH_PUBLIC_URL", "http://localhost:" + port));
        try (dying;
                TestSql holding = new TestSql(gateway.sql().url());
                HttpClient http = HttpClient.newHttpClient()) {
            ChildJvm _ = dying.awaitReady();
            // Nobody gets to answer until this is let go.
            holding.execute("BEGIN; LOCK TABLE conversation IN ACCESS EXCLUSIVE MODE");

            int status = http.send(signed(port, Chat.form("hi")), BodyHandlers.ofString())
                    .statusCode();
            assertThat(status).isEqualTo(200);
            dying.killHard();
            assertThat(waiting()).isOne();
            holding.execute("COMMIT");

            await().until(() -> waiting() == 0);
            assertThat(chat.answers()).isOne();
            assertThat(chat.answer(0)).startsWith("Hello, this is Sunrise Clinic.");
        }
    }

    private static HttpRequest signed(int port, MultiMap form) {
        String url = "http://localhost:" + port + "/callbacks/twilio/inbound";
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .header(TwilioSignature.HEADER, new TwilioSignature(SimulatorAccount.AUTH_TOKEN).sign(url, form))
                .POST(BodyPublishers.ofString(CallbackPost.encode(form)))
                .build();
    }

    @Test
    void stop_is_stop_and_start_begins_to_talk_again() {
        String _ = chat.say("fever");

        Chat.send(gateway, Chat.form("STOP"));
        Chat.send(gateway, Chat.form("hi"));
        await().until(() -> waiting() == 0);

        assertThat(suppressed()).isOne();
        // The confirmation of the STOP is the last that they hear.
        assertThat(chat.answer(0)).startsWith("You will get no more messages");
        assertThat(chat.say("START")).isNotEmpty();
        await().until(() -> waiting() == 0);
        assertThat(suppressed()).isZero();
        assertThat(chat.say("hi")).startsWith("Hello, this is Sunrise Clinic.");
    }

    @Test
    void cancel_help_and_yes_are_answers_here_and_keywords_elsewhere() {
        for (String word : List.of("CANCEL", "End", "HELP", "YES", "मदद", "info")) {
            assertThat(chat.say(word)).as(word).doesNotContain("messages from this number");
        }
        assertThat(suppressed()).isZero();

        Chat.send(gateway, InboundPost.twilioForm("SMelsewhere", "whatsapp:+15005550077", "CANCEL"));

        assertThat(suppressed()).isOne();
    }

    @Test
    void a_number_talks_only_as_long_as_its_account_says_so() {
        assertThat(json(gateway.get("/v1/booking-conversation")).getJsonArray("numbers"))
                .isEqualTo(new JsonArray().add(Chat.CLINIC));

        var removed = gateway.send(gateway.request("/v1/booking-conversation").DELETE());
        Chat.send(gateway, Chat.form("hi"));

        assertThat(removed.statusCode()).isEqualTo(204);
        assertThat(waiting()).isZero();
        assertThat(chat.answers()).isZero();
        assertThat(gateway.get("/v1/booking-conversation").statusCode()).isEqualTo(404);
        assertThat(gateway.send(gateway.request("/v1/booking-conversation").DELETE())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whoever_ends_it_waits_for_whoever_changes_it_and_holds_nothing_meanwhile() throws Exception {
        try (TestSql changing = new TestSql(gateway.sql().url())) {
            changing.execute("BEGIN; SELECT FROM booking_conversation FOR UPDATE");
            CompletableFuture<HttpResponse<String>> removing = CompletableFuture.supplyAsync(() ->
                    gateway.send(gateway.request("/v1/booking-conversation").DELETE()));
            await().until(() ->
                    gateway.sql().count("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()")
                            > 0);

            // Else the two would wait for each other.
            changing.execute("SELECT FROM dialog_line FOR UPDATE NOWAIT");
            changing.execute("COMMIT");

            assertThat(removing.join().statusCode()).isEqualTo(204);
        }
    }

    @Test
    void refuses_settings_with_all_mistakes_and_numbers_that_talk_something_else() {
        JsonObject wrong = new JsonObject()
                .put("numbers", new JsonArray().add("nobody").add(7))
                .put("days_ahead", 0)
                .put(
                        "contents",
                        new JsonObject()
                                .put(
                                        "quick_reply",
                                        new JsonObject().put("2", "HX1").put("9", "HX2"))
                                .put("carousel", new JsonObject()))
                .put("more", true);
        gateway.sql()
                .execute("INSERT INTO dialog_line (channel, number, account_id, dialog)"
                        + " SELECT 'whatsapp', '+15005550099', min(id), 'sos' FROM account");

        assertThat(json(put(wrong)).getJsonArray("errors")).hasSize(7);
        assertThat(json(put(new JsonObject().put("numbers", new JsonArray().add("+15005550099"))))
                        .getString("code"))
                .isEqualTo("not_allowed");
        assertThat(json(gateway.get("/v1/booking-conversation")).getJsonArray("numbers"))
                .isEqualTo(new JsonArray().add(Chat.CLINIC));
    }

    @Test
    void an_account_has_symptoms_of_its_own_and_everybodys_beside_them() {
        put("/v1/symptoms/Wobbly%20kn%C3%AD%C3%A9s", new JsonObject().put("specialisation", "Cardiology"));
        put(
                "/v1/symptoms/sneezing",
                new JsonObject().put("specialisation", "general").put("urgent", true));
        put("/v1/symptoms/skin", new JsonObject().putNull("specialisation"));
        List<JsonObject> symptoms = json(gateway.get("/v1/symptoms")).getJsonArray("symptoms").stream()
                .map(symptom -> (JsonObject) symptom)
                .toList();

        assertThat(symptoms)
                .hasSizeGreaterThan(500)
                .contains(new JsonObject()
                        .put("word", "wobbly knies")
                        .put("specialisation", "cardiology")
                        .put("urgent", false)
                        .put("own", true));
        assertThat(symptoms.stream().filter(symptom -> symptom.getBoolean("own")))
                .hasSize(3);
        CLOCK.advance(Duration.ofSeconds(6));
        assertThat(chat.say("my wobly knies")).startsWith("Dr Mehta");
        assertThat(chat.say("start over")).isNotEmpty();
        assertThat(chat.say("sneezing")).startsWith("⚠ This can be an emergency. Call 112");
        assertThat(gateway.send(gateway.request("/v1/symptoms/sneezing").DELETE())
                        .statusCode())
                .isEqualTo(204);
        assertThat(gateway.send(gateway.request("/v1/symptoms/fever").DELETE()).statusCode())
                .isEqualTo(404);
        assertThat(gateway.send(gateway.request("/v1/symptoms/...").DELETE()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void shipped_words_are_written_as_they_are_compared() {
        for (Object symptom : json(gateway.get("/v1/symptoms")).getJsonArray("symptoms")) {
            String word = ((JsonObject) symptom).getString("word");
            assertThat(Said.of(word).text()).isEqualTo(word);
        }
    }

    @Test
    void a_visit_is_booked_with_its_notice_in_the_transaction_of_the_answer() {
        for (String text : List.of("fever", "2", "tomorrow", "10:30", "Asha Rao, 34")) {
            String _ = chat.say(text);
        }

        assertThat(chat.say("yes")).startsWith("Booked ✓ Dr Rao, Wednesday 25 November at 10:30 am.");
        assertThat(gateway.sql()
                        .text("SELECT patient_name || ' ' || patient_phone || ' ' || patient_locale || ' ' || notes"
                                + " FROM appointment"))
                .isEqualTo("Asha Rao " + Chat.PERSON + " en Age 34. fever");
        assertThat(gateway.sql().count("SELECT count(*) FROM message WHERE channel = 'sms'"))
                .isOne();
        assertThat(gateway.sql()
                        .count("SELECT count(DISTINCT created_at) FROM message WHERE created_at >="
                                + " (SELECT created_at FROM message WHERE channel = 'sms')"))
                .isOne();
    }

    @Test
    void a_day_is_free_however_many_times_there_are_before_it_and_found_however_few() {
        JsonArray always =
                new JsonArray().add(new JsonObject().put("from", "00:00").put("to", "23:55"));
        JsonObject hours = new JsonObject();
        for (String day : List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")) {
            hours.put(day, always);
        }
        JsonObject doctor = new JsonObject()
                .put("name", "Dr Rao")
                .put("specialisation", "General physician")
                .put("slot_minutes", 5)
                .put("hours", hours);
        Chat.put(gateway, "/v1/doctors/rao", doctor);

        assertThat(chat.say("Dr Rao on 20 Dec")).startsWith("Dr Rao on Sunday 20 December. Which time?");

        JsonObject holiday = new JsonObject().put("from", "2026-11-24").put("to", "2026-12-19");
        Chat.put(gateway, "/v1/doctors/rao", doctor.put("holidays", new JsonArray().add(holiday)));
        assertThat(chat.say("start over")).isNotEmpty();
        assertThat(chat.say("Dr Rao"))
                .contains("1. Sunday 20 December", "2. Monday 21 December", "3. Tuesday 22 December");
    }

    @Test
    void a_clinic_that_tells_by_email_alone_tells_whoever_has_written_where_they_have_written() {
        Chat.put(
                gateway,
                "/v1/clinic",
                new JsonObject()
                        .put("name", "Sunrise Clinic")
                        .put("phone", "+911140001234")
                        .put("time_zone", "Asia/Kolkata")
                        .put("country", "IN")
                        .put("notify", new JsonArray().add("email")));
        for (String text : List.of("fever", "2", "tomorrow", "10:30", "Asha Rao, 34", "yes")) {
            String _ = chat.say(text);
        }

        assertThat(gateway.sql()
                        .text("SELECT channel || ' ' || recipient FROM message"
                                + " WHERE notification_type = 'appointment_confirmed'"))
                .isEqualTo("whatsapp " + Chat.PERSON);
    }

    @Test
    void a_visit_that_is_cancelled_in_the_middle_of_the_chat_is_said_to_be_gone_and_nothing_is_booked() {
        for (String text : List.of("fever", "2", "tomorrow", "10:30", "Asha Rao, 34", "yes", "reschedule", "1", "1")) {
            String _ = chat.say(text);
        }
        String id = gateway.sql().text("SELECT booking_id FROM appointment");
        assertThat(gateway.post("/v1/appointments/" + id + "/cancel", "{}").statusCode())
                .isEqualTo(200);

        assertThat(chat.say("yes")).startsWith("This appointment cannot be changed any more.");
        assertThat(gateway.sql().text("SELECT string_agg(status, ' ') FROM appointment"))
                .isEqualTo("cancelled");
    }

    @Test
    void a_visit_whose_doctor_has_left_is_not_moved_and_no_second_one_is_booked() {
        for (String text : List.of("fever", "2", "tomorrow", "10:30", "Asha Rao, 34", "yes", "reschedule", "1", "1")) {
            String _ = chat.say(text);
        }
        assertThat(gateway.send(gateway.request("/v1/doctors/rao").DELETE()).statusCode())
                .isEqualTo(204);

        assertThat(chat.say("yes")).startsWith("There is no other free time");
        assertThat(chat.say("reschedule")).startsWith("There is no other free time");
        assertThat(gateway.sql().count("SELECT count(*) FROM appointment_history"))
                .isOne();
    }

    @Test
    void a_name_that_is_nearly_an_urgent_word_is_no_emergency() {
        for (String text : List.of("fever", "2", "tomorrow", "10:30")) {
            String _ = chat.say(text);
        }

        assertThat(chat.say("Anna Strokes")).doesNotContain("emergency").contains("Anna Strokes");
    }

    @Test
    void whoever_is_a_user_is_greeted_in_their_language() {
        var _ = TestUsers.send(
                gateway,
                "PUT",
                "/v1/users/asha",
                new JsonObject().put("phone", Chat.PERSON).put("locale", "hi-IN"));

        assertThat(chat.say("hello")).startsWith("नमस्ते, यह Sunrise Clinic है।");
    }

    @Test
    void what_a_conversation_knows_of_a_person_is_told_and_erased_with_them() {
        var _ = TestUsers.send(gateway, "PUT", "/v1/users/asha", new JsonObject().put("phone", Chat.PERSON));
        String _ = chat.say("my skin is itching");

        JsonObject export = TestUsers.get(gateway, "/v1/users/asha/export");
        HttpResponse<String> erased = TestUsers.delete(gateway, "/v1/users/asha");

        assertThat(export.getJsonArray("conversations").encode()).contains("my skin is itching", Chat.PERSON);
        assertThat(json(erased).getJsonObject("counts").getInteger("conversation"))
                .isOne();
        assertThat(gateway.sql().count("SELECT count(*) FROM conversation")).isZero();
    }

    private static HttpResponse<String> put(JsonObject body) {
        return TestUsers.send(gateway, "PUT", "/v1/booking-conversation", body);
    }

    private static void put(String path, JsonObject body) {
        assertThat(TestUsers.send(gateway, "PUT", path, body).statusCode()).isEqualTo(200);
    }

    private static long waiting() {
        return gateway.sql().count("SELECT count(*) FROM inbound_turn");
    }

    private static long suppressed() {
        return gateway.sql().count("SELECT count(*) FROM suppression WHERE lifted_at IS NULL");
    }
}
