package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.TestDatabase;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What donors answer by SMS, and what they are told. */
class SosRepliesTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final SosCalls SOS = new SosCalls(GATEWAY);
    private static final String ANN = "+15005550010";
    private static final String STRANGER = "+15005550099";
    private static final String UNKNOWN =
            "Thank you for your answer. We know of no open request for it. If we have asked you for blood, use the code in our"
                    + " latest message.";

    private JsonObject request = new JsonObject();

    @BeforeEach
    void ann_is_asked() {
        SOS.empty();
        SOS.donor("ann", ANN, "O-", "Mumbai");
        request = SOS.request(SosCalls.wish("A+", "Mumbai").put("units", 2));
        JsonObject _ = SOS.match(request);
    }

    @Test
    void a_yes_is_noted_and_reveals_nobody() {
        String answer = SOS.answered(ANN, "yes " + token().toLowerCase(Locale.ROOT) + "!");

        assertThat(answer)
                .startsWith("Thank you! May the patient's family call you")
                .contains("SHARE " + token());
        assertThat(said()).isEqualTo("yes sms false");
        assertThat(SOS.toldPatient()).isEmpty();
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM sos_reveal")).isZero();
        JsonObject statistics = SOS.statistics(request);
        assertThat(statistics.getInteger("yes")).isEqualTo(1);
        assertThat(statistics.getDouble("first_yes_seconds")).isNotNegative();
    }

    @Test
    void share_tells_the_patient_and_nobody_else_whom_to_call() {
        SOS.answered(ANN, "YES");

        String answer = SOS.answered(ANN, "Share " + token());

        assertThat(answer).startsWith("Thank you! The patient's family has your number now");
        assertThat(said()).isEqualTo("yes sms true");
        assertThat(SOS.toldPatient())
                .isEqualTo("A donor will help with your request " + token()
                        + " for A+ blood. Please call soon: Name of ann, " + ANN);
        assertThat(
                        GATEWAY.sql()
                                .text(
                                        "SELECT concat_ws(' ', donor_id, patient_id, way, message_id IS NOT NULL) FROM sos_reveal"))
                .isEqualTo("ann patient message t");
        // Whoever reads the message reads asterisks.
        String message =
                GATEWAY.sql().text("SELECT id FROM message WHERE recipient = '" + SosCalls.PATIENT_PHONE + "'");
        assertThat(GATEWAY.get("/v1/messages/" + message).body())
                .contains("**********")
                .doesNotContain("Name of ann", "5005550010");
        // And nobody reads to whom the donor's own answers went.
        assertThat(GATEWAY.get("/v1/messages").body())
                .contains("Thank you! The patient's family has your number now")
                .doesNotContain("5005550010");
    }

    @Test
    void yes_and_share_may_be_said_at_once_and_twice_and_are_told_once() {
        String token = token();

        assertThat(SOS.answered(ANN, "YES SHARE " + token)).startsWith("Thank you! The patient's family has");
        assertThat(SOS.answered(ANN, "yes share")).startsWith("Thank you! The patient's family has");

        assertThat(GATEWAY.sql().count("SELECT count(*) FROM sos_reveal")).isEqualTo(1);
        assertThat(SOS.toldPatient()).doesNotContain(" / ");
    }

    @Test
    void a_donor_may_change_their_mind() {
        SOS.answered(ANN, "NO");
        assertThat(said()).isEqualTo("no sms false");
        SOS.answered(ANN, "YES SHARE");
        assertThat(said()).isEqualTo("yes sms true");

        assertThat(SOS.answered(ANN, "NO " + token())).startsWith("Thank you for telling us");

        assertThat(said()).isEqualTo("no sms false");
        assertThat(SOS.toldPatient()).contains("Please call soon", " / We are sorry: a donor");
        assertThat(SOS.statistics(request).getInteger("answered")).isEqualTo(1);
    }

    @Test
    void without_a_token_it_is_asked_for_where_several_requests_are_open() {
        JsonObject other = SOS.request("O-", "Mumbai");
        JsonObject _ = SOS.match(other);

        assertThat(SOS.answered(ANN, "YES"))
                .startsWith("Thank you! We have asked you for several patients")
                .contains(other.getString("token"));
        assertThat(said()).isEqualTo("false");
        SOS.answered(ANN, "YES " + token());

        assertThat(said()).isEqualTo("yes sms false");
        assertThat(SOS.response(other, "ann").getString("answer")).isNull();
    }

    @Test
    void a_wrong_token_an_old_one_and_a_stranger_get_the_same_answer() {
        assertThat(SOS.answered(ANN, "YES CCCCC")).isEqualTo(UNKNOWN);
        assertThat(SOS.answered(STRANGER, "YES SHARE " + token())).isEqualTo(UNKNOWN);
        JsonObject rotated = SOS.acted(request, "rotate-token", new JsonObject());
        assertThat(SOS.answered(ANN, "YES " + token())).isEqualTo(UNKNOWN);
        GATEWAY.sql().execute("UPDATE sos_request SET token_expires_at = now() - interval '1 minute'");
        assertThat(SOS.answered(ANN, "YES " + rotated.getString("token"))).isEqualTo(UNKNOWN);
        assertThat(SOS.answered(ANN, "YES")).isEqualTo(UNKNOWN);

        assertThat(said()).isEqualTo("false");
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM sos_reveal")).isZero();
    }

    @Test
    void a_late_yes_is_thanked_and_reveals_nobody() {
        JsonObject _ = SOS.acted(request, "close", new JsonObject());

        assertThat(SOS.answered(ANN, "YES SHARE " + token())).startsWith("Thank you! Enough help has been found");
        assertThat(SOS.answered(ANN, "yes")).startsWith("Thank you! Enough help has been found");

        assertThat(said()).isEqualTo("yes sms false");
        assertThat(SOS.toldPatient()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D\uDE4F\uD83D\uDE4F", "No problem, I come", "Who is this?", "YES or NO"})
    void what_is_not_understood_is_answered_with_what_would_be(String text) {
        assertThat(SOS.answered(ANN, text))
                .isEqualTo("We did not understand that. If you can give blood, please reply YES " + token()
                        + ". If you cannot, reply NO " + token() + ".");

        assertThat(said()).isEqualTo("false");
    }

    @Test
    void a_very_long_text_and_a_voice_note_are_not_understood() {
        assertThat(SOS.answered(ANN, "YES ".repeat(2_500))).startsWith("We did not understand that");
        long before = SOS.answers(ANN);

        MultiMap voice = InboundPost.twilioForm("MMvoice", InboundPost.SHORT_CODE, "")
                .set("From", ANN)
                .set("NumMedia", "1")
                .add("MediaUrl0", "https://media.example.com/voice.ogg")
                .add("MediaContentType0", "audio/ogg");
        assertThat(InboundPost.twilio(GATEWAY, voice).statusCode()).isEqualTo(200);
        SOS.awaitTurns();

        assertThat(SOS.answers(ANN)).isEqualTo(before + 1);
        assertThat(said()).isEqualTo("false");
    }

    @Test
    void nothing_but_answers_of_strangers_is_answered() {
        for (String text : new String[] {"Hello", "Yes", "No thanks", "\uD83D\uDE00", "Where is my order?"}) {
            SOS.writes(STRANGER, text);
        }
        SOS.awaitTurns();

        assertThat(SOS.answers(STRANGER)).isZero();
        assertThat(TestUsers.get(GATEWAY, "/v1/inbound").getJsonArray("inbound"))
                .hasSize(5);
    }

    @Test
    void whoever_writes_on_and_on_is_heeded_and_answered_no_more() {
        for (int i = 0; i < 24; i++) {
            SOS.writes(ANN, i < 23 ? "YES CCCCC" : "NO " + token());
        }
        SOS.awaitTurns();

        assertThat(SOS.answers(ANN)).isLessThanOrEqualTo(20);
        assertThat(said()).isEqualTo("no sms false");
    }

    @Test
    void a_stop_is_a_stop_and_a_yes_is_a_start_and_an_answer() {
        SOS.writes(ANN, "STOP");
        SOS.awaitTurns();
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM suppression WHERE lifted_at IS NULL"))
                .isEqualTo(1);
        assertThat(said()).isEqualTo("false");

        String answer = SOS.answered(ANN, "YES");

        assertThat(answer).startsWith("Thank you! May the patient's family");
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM suppression WHERE lifted_at IS NULL"))
                .isZero();
        assertThat(said()).isEqualTo("yes sms false");
    }

    @Test
    void nobody_else_waits_behind_a_request_that_somebody_holds() throws Exception {
        SOS.donor("zed", "+15005550088", "O-", "Pune");
        JsonObject other = SOS.request("A+", "Pune");
        JsonObject _ = SOS.match(other);
        for (int i = 20; i < 32; i++) {
            SOS.donor("d" + i, "+150055500" + i, "O-", "Mumbai");
        }
        JsonObject _ = SOS.match(request);
        try (Connection matching = TestDatabase.connect(GATEWAY.sql().url());
                Statement hold = matching.createStatement()) {
            matching.setAutoCommit(false);
            boolean _ = hold.execute(
                    "SELECT FROM sos_request WHERE id = '" + request.getString("id") + "' FOR NO KEY UPDATE");
            for (int i = 20; i < 32; i++) {
                SOS.writes("+150055500" + i, "YES " + token());
            }

            SOS.writes("+15005550088", "YES");

            await().atMost(Duration.ofSeconds(5)).until(() -> SOS.answers("+15005550088") == 1);
            assertThat(SOS.statistics(request).getInteger("yes")).isZero();
            matching.rollback();
        }
        SOS.awaitTurns();
        assertThat(SOS.statistics(request).getInteger("yes")).isEqualTo(12);
    }

    @Test
    void what_comes_when_the_token_has_run_out_is_answered_for_a_week() {
        GATEWAY.sql()
                .execute("UPDATE sos_request SET status = 'closed', token_expires_at = now() - interval '6 days',"
                        + " ended_at = now() - interval '6 days'");
        assertThat(SOS.answered(ANN, "NO")).isEqualTo(UNKNOWN);
        // No answer: nobody asks them anything any more.
        SOS.writes(ANN, "Who is this?");
        SOS.awaitTurns();
        assertThat(SOS.answers(ANN)).isOne();

        GATEWAY.sql()
                .execute(
                        "UPDATE sos_request SET token_expires_at = now() - interval '8 days', ended_at = now() - interval '8 days'");
        SOS.writes(ANN, "NO");
        SOS.awaitTurns();

        assertThat(SOS.answers(ANN)).isOne();
        assertThat(said()).isEqualTo("false");
    }

    @Test
    void a_donor_who_changes_their_mind_on_and_on_is_told_to_the_patient_three_times() {
        for (int i = 0; i < 5; i++) {
            SOS.answered(ANN, "YES SHARE");
            SOS.answered(ANN, "NO");
        }

        assertThat(GATEWAY.sql()
                        .text(
                                "SELECT string_agg(n::text, ' ' ORDER BY notification_type) FROM (SELECT notification_type, count(*) AS n"
                                        + " FROM message WHERE recipient = '" + SosCalls.PATIENT_PHONE
                                        + "' GROUP BY notification_type) said"))
                .isEqualTo("3 3");
    }

    @Test
    void is_answered_in_the_language_of_the_donor() {
        GATEWAY.sql().execute("UPDATE app_user SET locale = 'hi-IN' WHERE id = 'ann'");

        assertThat(SOS.answered(ANN, "YES")).startsWith("धन्यवाद!").contains("SHARE " + token());
    }

    @Test
    void the_same_may_be_said_by_the_api() {
        JsonObject response = SOS.response(request, "ann");

        HttpResponse<String> answer =
                SOS.respond(response, new JsonObject().put("answer", "yes").put("share", true));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(said()).isEqualTo("yes api true");
        assertThat(answer.body()).doesNotContain("5005550010", "Name of ann");
        assertThat(SOS.toldPatient()).contains(ANN);
        assertThat(SOS.answers(ANN)).isZero();
        assertThat(SOS.respond(response, new JsonObject().put("answer", "no").put("share", true))
                        .statusCode())
                .isEqualTo(400);
        assertThat(SOS.respond(response, new JsonObject().put("answer", "perhaps"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(json(SOS.respond(
                                new JsonObject().put("id", request.getString("id")),
                                new JsonObject().put("answer", "no")))
                        .getString("code"))
                .isEqualTo("not_found");
    }

    private String token() {
        return request.getString("token");
    }

    /** What Ann has said, by which way, and whether the patient knows of her. */
    private String said() {
        return GATEWAY.sql()
                .text("SELECT concat_ws(' ', answer, answered_by, CASE WHEN shared THEN 'true' ELSE 'false' END)"
                        + " FROM sos_response WHERE donor_id = 'ann' AND request_id = '" + request.getString("id")
                        + "'");
    }
}
