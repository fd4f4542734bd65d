package io.heliograph.worker.sms.fast2sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.providers.routing.Senders;
import io.heliograph.worker.provider.Meaning;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Outgoing.Dlt;
import io.heliograph.worker.sms.fast2sms.Fast2smsMessage.Made;
import io.heliograph.worker.sms.fast2sms.Fast2smsSettings.Route;
import io.heliograph.worker.testing.Outgoings;
import io.heliograph.worker.testing.Own;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields of each route. */
class Fast2smsMessageTest {
    private static final Dlt REGISTERED = new Dlt("1201159", "174512", List.of("Ada", "10 am"));

    @Test
    void quick_takes_any_text() {
        assertThat(made(Route.Q, Outgoings.ordinary().saying("See you at ten")))
                .isEqualTo(new JsonObject()
                        .put("route", "q")
                        .put("flash", 0)
                        .put("message", "See you at ten")
                        .put("language", "english"));
        assertThat(made(Route.Q, Outgoings.ordinary().saying("दस बजे मिलते हैं"))
                        .getString("language"))
                .isEqualTo("unicode");
    }

    @Test
    void dlt_takes_the_templates_number_and_the_words_for_its_slots() {
        assertThat(made(Route.DLT, Outgoings.ordinary().registered(REGISTERED)))
                .isEqualTo(new JsonObject()
                        .put("route", "dlt")
                        .put("flash", 0)
                        .put("sender_id", "CLINIC")
                        .put("message", "174512")
                        .put("variables_values", "Ada|10 am"));
    }

    @Test
    void dlt_manual_takes_the_text_and_its_registration() {
        JsonObject fields = made(
                Route.DLT_MANUAL,
                Outgoings.ordinary().saying("Dear Ada").from("DOCTOR").registered(REGISTERED));

        assertThat(fields)
                .isEqualTo(new JsonObject()
                        .put("route", "dlt_manual")
                        .put("flash", 0)
                        .put("sender_id", "DOCTOR")
                        .put("message", "Dear Ada")
                        .put("template_id", "174512")
                        .put("entity_id", "1201159"));
    }

    @Test
    void dlt_manual_takes_the_accounts_entity_when_the_message_names_none() {
        Dlt templateOnly = new Dlt(null, "174512", List.of());

        assertThat(made(Route.DLT_MANUAL, Outgoings.ordinary().registered(templateOnly))
                        .getString("entity_id"))
                .isEqualTo("1109988");
    }

    @Test
    void otp_takes_the_first_variable_or_a_text_of_nothing_but_digits() {
        Dlt code = new Dlt(null, null, List.of("482913"));

        assertThat(made(Route.OTP, Outgoings.ordinary().registered(code)))
                .isEqualTo(new JsonObject().put("route", "otp").put("flash", 0).put("variables_values", "482913"));
        assertThat(made(Route.OTP, Outgoings.ordinary().saying(" 0042 ")).getString("variables_values"))
                .isEqualTo("0042");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Your code is 482913", "", "१२३४", "12345678901"})
    void otp_takes_nothing_else(String text) {
        assertThat(impossible(Route.OTP, Outgoings.ordinary().saying(text)))
                .isEqualTo(new Made.Impossible(Meaning.PERMANENT, "otp_digits_missing"));
    }

    @ParameterizedTest
    @CsvSource({"DLT", "DLT_MANUAL"})
    void says_what_the_carriers_would_miss(Route route) {
        assertThat(impossible(route, Outgoings.ordinary()))
                .isEqualTo(new Made.Impossible(Meaning.PERMANENT, "dlt_template_missing"));
        assertThat(Fast2smsMessage.of(
                        Outgoings.ordinary().registered(REGISTERED).build(), settings(route, new Senders(List.of()))))
                .isEqualTo(new Made.Impossible(Meaning.CONFIGURATION, "sender_missing"));
    }

    /** It would be the beginning of the next slot. */
    @Test
    void lets_no_word_reach_into_the_next_slot() {
        assertThat(impossible(Route.DLT, Outgoings.ordinary().registered(new Dlt(null, "1", List.of("a|b")))))
                .isEqualTo(new Made.Impossible(Meaning.PERMANENT, "not_sendable"));
    }

    @Test
    void carries_no_pictures() {
        assertThat(impossible(Route.Q, Outgoings.ordinary().showing("https://example.org/a.png")))
                .isEqualTo(new Made.Impossible(Meaning.PERMANENT, "not_sendable"));
    }

    @ParameterizedTest
    @CsvSource({"Q, 100", "DLT, 100", "DLT_MANUAL, 100", "OTP, 1"})
    void puts_many_numbers_into_a_call_unless_it_is_a_code(Route route, int size) throws Exception {
        Vertx vertx = Vertx.vertx();
        Fast2smsProvider provider = new Fast2smsProvider(vertx, settings(route, Own.senders("CLINIC")));

        assertThat(provider.callSizeMax()).isEqualTo(size);
        Void _ = provider.close().compose(closed -> vertx.close()).await();
    }

    @Test
    void prints_no_key() {
        assertThat(settings(Route.Q, Own.senders("CLINIC")).toString()).doesNotContain("the-key");
    }

    private static JsonObject made(Route route, Outgoings message) {
        return Fast2smsMessage.of(message.build(), settings(route, Own.senders("CLINIC")))
                        instanceof Made.Fields(JsonObject json)
                ? json
                : new JsonObject();
    }

    private static @Nullable Made impossible(Route route, Outgoings message) {
        Outgoing outgoing = message.build();
        return Fast2smsMessage.of(outgoing, settings(route, Own.senders("CLINIC")));
    }

    private static Fast2smsSettings settings(Route route, Senders senders) {
        return new Fast2smsSettings(
                "fast2sms", "http://localhost:1", "the-key", route, "1109988", senders, 100, 1, Duration.ofSeconds(1));
    }
}
