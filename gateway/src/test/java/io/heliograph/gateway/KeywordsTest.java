package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Segments;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people's words do, and what they are answered. */
class KeywordsTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @BeforeEach
    void empty() {
        gateway.sql()
                .execute("DELETE FROM inbound_message; DELETE FROM suppression; DELETE FROM consent_change;"
                        + " DELETE FROM keyword WHERE account_id > 0; DELETE FROM message; DELETE FROM outbox");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STOP",
                "stopall",
                "Unsubscribe",
                "CANCEL",
                "end",
                "quit",
                "revoke",
                "OptOut",
                " stop ",
                "Stop.",
                "\"STOP!\"",
                "stop \uD83D\uDE4F",
                "stop \u26A0\uFE0F",
                "\u200BSTOP\u200D",
                "ST\u00ADOP\uFEFF",
                "\u00A0stop\t\r\n",
                "\u2068Stop\u2069",
                "opt out",
                "Opt-Out.",
                "stop  all",
                "ＳＴＯＰ"
            })
    void a_whole_message_that_is_a_stop_word_opts_out(String body) {
        InboundPost.twilio(gateway, "SM1", body);

        assertThat(suppressions()).isEqualTo("+15005550010 12345 keyword");
        assertThat(answers())
                .isEqualTo("12345 to +15005550010: You will get no more messages from this number."
                        + " Reply START to get them again.");
    }

    @ParameterizedTest
    @CsvSource({
        "Alto!, es, stop",
        "ayuda, es, help",
        "Arrêt, fr, stop",
        "arret, fr, stop",
        "DÉSABONNER, fr, stop",
        "desabonner, fr, stop",
        "Aide, fr, help",
        "sair, pt, stop",
        "Stopp., de, stop",
        "hilfe, de, help",
        "basta, it, stop",
        "बंद, hi, stop",
        "बंद करें।, hi, stop",
        "मदद, hi, help"
    })
    void everybodys_words_are_understood_in_other_languages_and_answered_in_them(
            String body, String language, String kind) {
        InboundPost.twilio(gateway, InboundPost.twilioForm("SM1", "+15005550006", body));

        String answer = gateway.sql().text("SELECT body FROM message");
        assertThat(gateway.sql().text("SELECT word FROM inbound_message")).isEqualTo(kind);
        // Twilio, which answers for this number, knows its own words only.
        assertThat(gateway.sql()
                        .text(
                                "SELECT string_agg(DISTINCT language, ',') FROM keyword WHERE account_id = 0 AND answer = '"
                                        + answer + "'"))
                .isEqualTo(language);
    }

    @Test
    void the_answer_to_everybodys_words_is_one_part_of_an_sms_and_there_are_no_two_for_one_word() {
        JsonArray keywords = json(gateway.get("/v1/keywords")).getJsonArray("keywords");

        assertThat(keywords).hasSizeGreaterThan(60).allSatisfy(each -> {
            JsonObject keyword = (JsonObject) each;
            Segments text = Segments.of(keyword.getString("answer"));
            assertThat(text.count()).as(keyword.getString("answer")).isEqualTo(1);
            assertThat(gateway.sql()
                            .text("SELECT string_agg(DISTINCT answer_encoding, ',') FROM keyword WHERE answer = '"
                                    + keyword.getString("answer") + "'"))
                    .isEqualTo(text.encoding());
            assertThat(keyword.getString("language")).isIn("en", "es", "fr", "pt", "de", "it", "hi");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"please stop", "STOP it", "S T O P", "", "...", "stopped", "No, don't stop"})
    void any_other_message_changes_nothing(String body) {
        InboundPost.twilio(gateway, "SM1", body);

        assertThat(suppressions()).isEqualTo("null");
        assertThat(answers()).isEqualTo("null");
        assertThat(gateway.sql().count("SELECT count(*) FROM inbound_message WHERE word IS NULL"))
                .isEqualTo(1);
    }

    @Test
    void stop_twice_is_answered_once() {
        InboundPost.twilio(gateway, "SM1", "STOP");
        InboundPost.twilio(gateway, "SM2", "STOP");

        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isEqualTo(1);
        assertThat(changes()).isEqualTo("opted_out STOP");
    }

    @Test
    void start_lifts_stop_is_answered_and_leaves_its_trail() {
        InboundPost.twilio(gateway, "SM1", "STOP");
        InboundPost.twilio(gateway, "SM2", "Unstop");
        InboundPost.twilio(gateway, "SM3", "YES");

        assertThat(suppressions()).isEqualTo("null");
        assertThat(changes()).isEqualTo("opted_out STOP, opted_in UNSTOP");
        assertThat(gateway.sql().count("SELECT count(*) FROM message WHERE answers IS NOT NULL"))
                .isEqualTo(2);
    }

    @Test
    void start_lifts_what_a_provider_said_about_all_senders_and_not_what_the_account_closed() {
        gateway.sql()
                .execute("INSERT INTO suppression (account_id, channel, person, sender, changed_by)"
                        + " SELECT min(id), 'sms', '+15005550010', '', 'provider' FROM account");
        InboundPost.twilio(gateway, "SM1", "START");
        assertThat(suppressions()).isEqualTo("null");

        gateway.sql().execute("UPDATE suppression SET lifted_at = NULL, changed_by = 'account'");
        InboundPost.twilio(gateway, "SM2", "START");
        assertThat(suppressions()).isEqualTo("+15005550010  account");
    }

    @Test
    void help_is_answered_each_time_and_a_flood_of_words_is_not() {
        for (int i = 0; i < 15; i++) {
            InboundPost.twilio(gateway, "SM" + i, i % 2 == 0 ? "HELP" : "info");
        }
        InboundPost.twilio(gateway, "SM99", "STOP");

        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isEqualTo(10);
        assertThat(suppressions()).isEqualTo("+15005550010 12345 keyword");
    }

    @Test
    void what_twilio_has_dealt_with_itself_is_obeyed_and_not_answered() {
        InboundPost.twilio(
                gateway,
                InboundPost.twilioForm("SM1", InboundPost.SHORT_CODE, "baja").add("OptOutType", "STOP"));

        assertThat(suppressions()).isEqualTo("+15005550010 12345 keyword");
        assertThat(answers()).isEqualTo("null");
    }

    @Test
    void an_account_has_words_and_answers_of_its_own() {
        assertThat(put("stopp", "{\"kind\": \"stop\", \"answer\": \"Schluß damit \uD83D\uDE42\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(put("STOP", "{\"kind\": \"stop\", \"answer\": \"Acme: done\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(put("info", "{\"kind\": \"help\", \"answer\": \"\"}").statusCode())
                .isEqualTo(200);
        assertThat(put("los", "{\"kind\": \"start\"}").statusCode()).isEqualTo(200);

        InboundPost.twilio(gateway, "SM1", "Stopp!");
        InboundPost.twilio(gateway, "SM2", "info");
        InboundPost.twilio(gateway, "SM3", "Los");
        InboundPost.twilio(gateway, "SM4", "stop");

        assertThat(
                        gateway.sql()
                                .text(
                                        "SELECT string_agg(body || ' ' || encoding || ' ' || segments, ', ' ORDER BY id) FROM message"))
                .isEqualTo(
                        "Schluß damit \uD83D\uDE42 ucs2 1, You will get messages from this number again. Reply STOP to end"
                                + " them. gsm7 1, Acme: done gsm7 1");
        assertThat(json(gateway.get("/v1/keywords")).getJsonArray("keywords"))
                .contains(new JsonObject()
                        .put("word", "STOPP")
                        .put("kind", "stop")
                        .put("answer", "Schluß damit \uD83D\uDE42")
                        .put("language", null)
                        .put("own", true));
    }

    @Test
    void a_word_of_ones_own_is_answered_in_its_language_and_is_the_same_without_accents() {
        JsonObject made = json(put("Fin%C3%AD", "{\"kind\": \"stop\", \"language\": \"fr\"}"));
        JsonObject again = json(put("fin%C3%8D", "{\"kind\": \"start\"}"));
        HttpResponse<String> wrong = put("fini", "{\"kind\": \"stop\", \"language\": \"EN\"}");

        assertThat(made.getString("word")).isEqualTo("FINÍ");
        assertThat(made.getString("answer")).startsWith("Vous ne recevrez plus");
        assertThat(again.getString("answer")).startsWith("You will get messages");
        assertThat(gateway.sql().count("SELECT count(*) FROM keyword WHERE account_id > 0"))
                .isEqualTo(1);
        assertThat(json(wrong).getJsonArray("errors")).hasSize(1);
        assertThat(remove("fini").statusCode()).isEqualTo(204);
    }

    @Test
    void no_account_can_make_stop_mean_something_else() {
        HttpResponse<String> other = put("stop", "{\"kind\": \"help\"}");
        HttpResponse<String> wrong = put("los", "{\"kind\": \"go\", \"more\": 1}");
        HttpResponse<String> nothing = put("...", "{\"kind\": \"help\"}");
        HttpResponse<String> unstorable = put("a%00b", "{\"kind\": \"help\"}");

        assertThat(json(other).getString("code")).isEqualTo("not_allowed");
        assertThat(json(wrong).getJsonArray("errors")).hasSize(2);
        assertThat(nothing.statusCode()).isEqualTo(400);
        assertThat(unstorable.statusCode()).isEqualTo(400);
    }

    @Test
    void a_word_of_ones_own_can_be_removed() {
        HttpResponse<String> _ = put("los", "{\"kind\": \"start\"}");

        assertThat(remove("LOS").statusCode()).isEqualTo(204);
        assertThat(remove("LOS").statusCode()).isEqualTo(404);
        assertThat(remove("STOP").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> put(String word, String body) {
        return gateway.send(gateway.request("/v1/keywords/" + word).PUT(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> remove(String word) {
        return gateway.send(gateway.request("/v1/keywords/" + word).DELETE());
    }

    private static String suppressions() {
        return gateway.sql()
                .text("SELECT string_agg(person || ' ' || sender || ' ' || changed_by, ', ') FROM suppression"
                        + " WHERE lifted_at IS NULL");
    }

    private static String answers() {
        return gateway.sql()
                .text(
                        "SELECT string_agg(sender || ' to ' || recipient || ': ' || body, ', ' ORDER BY m.id) FROM message m"
                                + " JOIN outbox o ON o.message_id = m.id WHERE answers IS NOT NULL");
    }

    private static String changes() {
        return gateway.sql()
                .text("SELECT string_agg(change || ' ' || word, ', ' ORDER BY changed_at) FROM consent_change");
    }
}
