package io.heliograph.worker.sms.plivo;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Channel;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.testing.Outgoings;
import io.heliograph.worker.testing.Own;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlivoMessageTest {
    private static final PlivoSettings SETTINGS = new PlivoSettings(
            "plivo",
            "http://localhost:1",
            "MA1",
            "the-token",
            Own.senders("14155550100"),
            1_000,
            1,
            Duration.ofSeconds(1),
            "https://example.org");

    @Test
    void names_the_message_to_one_recipient() {
        Outgoing only = Outgoings.to("+15005550010");

        assertThat(json(only))
                .isEqualTo(new JsonObject()
                        .put("src", "14155550100")
                        .put("dst", "+15005550010")
                        .put("text", "Your table is ready")
                        .put("type", "sms")
                        .put("url", "https://example.org/callbacks/plivo/status?m=" + only.id() + "&a=1")
                        .put("method", "POST")
                        .put("message_expiry", 10_799L));
    }

    @Test
    void names_the_call_to_many() {
        Outgoing first = Outgoings.to("+15005550010");

        JsonObject json = json(first, Outgoings.to("+15005550011"));

        assertThat(json.getString("dst")).isEqualTo("+15005550010<+15005550011");
        assertThat(json.getString("url"))
                .isEqualTo("https://example.org/callbacks/plivo/status?c=" + first.id() + "-1");
    }

    @Test
    void carries_pictures_whatsapp_and_a_registration() {
        Outgoing picture =
                Outgoings.ordinary().showing("https://example.org/a.png").build();
        Outgoing whatsapp =
                Outgoings.ordinary().by(Channel.WHATSAPP).from("14155550199").build();
        Outgoing registered = Outgoings.ordinary()
                .registered(new Outgoing.Dlt("1201159", "174512", List.of()))
                .build();

        assertThat(json(picture).getString("type")).isEqualTo("mms");
        assertThat(json(picture).getJsonArray("media_urls"))
                .isEqualTo(new JsonArray().add("https://example.org/a.png"));
        assertThat(json(whatsapp).getString("type")).isEqualTo("whatsapp");
        assertThat(json(whatsapp).getString("src")).isEqualTo("14155550199");
        assertThat(json(registered).getString("dlt_entity_id")).isEqualTo("1201159");
        assertThat(json(registered).getString("dlt_template_id")).isEqualTo("174512");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 5",
        "PT-3S, 5",
        "PT7S, 7",
        "PT61S, 60",
        "PT5M, 288",
        "PT5M11S, 288",
        "PT2H59M58S, 10240",
        "P3D, 10799"
    })
    void expires_no_later_than_the_message_and_at_a_round_time(Duration validFor, long seconds) {
        assertThat(json(Outgoings.ordinary().validFor(validFor).build()).getLong("message_expiry"))
                .isEqualTo(seconds);
    }

    @Test
    void prints_no_token() {
        assertThat(SETTINGS.toString()).doesNotContain("the-token");
    }

    private static JsonObject json(Outgoing... call) {
        return PlivoMessage.of(call[0], SETTINGS.senders()).to(List.of(call), SETTINGS);
    }
}
