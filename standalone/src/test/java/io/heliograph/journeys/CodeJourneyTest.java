package io.heliograph.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.LogGuard;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A code reaches its person, and they type it. */
class CodeJourneyTest {
    private static final Pattern CODE = Pattern.compile("(?<!\\d)\\d{6}(?!\\d)");

    @RegisterExtension
    static final LogGuard LOG = House.logGuard();

    private House house;

    @BeforeEach
    void start() {
        house = House.start(BrokerKind.QPID.shared());
    }

    @AfterEach
    void stop() throws Exception {
        house.close();
    }

    @Test
    void by_sms_and_nothing_of_it_stays() {
        String to = Numbers.next();

        JsonObject verification = begin(new JsonObject().put("to", to).put("web_otp_domain", "example.com"));
        String text = received(to, 1);

        assertThat(text).endsWith("\n\n@example.com #" + code(text));
        String message = verification.getJsonArray("message_ids").getString(0);
        assertThat(house.api().awaitStatus(message, "delivered").getString("text"))
                .startsWith("****** is your code");
        assertThat(house.rows().text("SELECT (secret IS NULL)::text FROM message"))
                .isEqualTo("true");
        assertThat(check(verification, code(text))).isEqualTo("approved");
        assertThat(check(verification, code(text))).isEqualTo("used");
        ExactlyOnce.assertBalanced(house);
    }

    @Test
    void by_whatsapp_when_the_phone_cannot_get_it_by_sms() {
        String to = Numbers.next();
        JsonObject outcome = new JsonObject().put("status", "undelivered").put("error_code", 30005);
        house.simulator()
                .script(new JsonObject()
                        .put(
                                "rules",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("to", to)
                                                .put("times", 1)
                                                .put("outcome", outcome))));

        JsonObject verification =
                begin(new JsonObject().put("to", to).put("fallback", new JsonArray().add("whatsapp")));
        String bySms = received(to, 1);
        String byWhatsApp = received("whatsapp:" + to, 1);

        assertThat(code(byWhatsApp)).isEqualTo(code(bySms));
        assertThat(check(verification, code(byWhatsApp))).isEqualTo("approved");
        ExactlyOnce.assertBalanced(house);
    }

    private JsonObject begin(JsonObject wanted) {
        HttpResponse<String> answer = house.api().post("/v1/verifications", wanted);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return new JsonObject(answer.body());
    }

    private String check(JsonObject verification, String code) {
        String path = "/v1/verifications/" + verification.getString("id") + "/check";
        return new JsonObject(house.api()
                        .post(path, new JsonObject().put("code", code))
                        .body())
                .getString("status");
    }

    private String received(String to, int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> house.simulator().messages(to).size() >= count);
        return house.simulator().messages(to).getJsonObject(0).getString("body");
    }

    private static String code(String text) {
        Matcher matcher = CODE.matcher(text);
        assertThat(matcher.find()).as("a code").isTrue();
        return matcher.group();
    }
}
