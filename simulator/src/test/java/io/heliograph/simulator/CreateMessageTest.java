package io.heliograph.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.twilio.exception.ApiException;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import io.heliograph.contract.SimulatorAccount;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateMessageTest {
    @RegisterExtension
    static final RunningSimulator running = new RunningSimulator();

    @Test
    void answers_with_twilios_twenty_properties_and_their_types() throws Exception {
        HttpResponse<String> response = running.create(
                "To", RunningSimulator.TO, "From", RunningSimulator.FROM, "Body", "Crème \"brûlée\" 🍮\n");

        JsonObject json = new JsonObject(response.body());
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(json.fieldNames())
                .containsExactlyInAnyOrder(
                        "account_sid",
                        "api_version",
                        "body",
                        "date_created",
                        "date_sent",
                        "date_updated",
                        "direction",
                        "error_code",
                        "error_message",
                        "from",
                        "messaging_service_sid",
                        "num_media",
                        "num_segments",
                        "price",
                        "price_unit",
                        "sid",
                        "status",
                        "subresource_uris",
                        "to",
                        "uri");
        assertThat(json.getString("body")).isEqualTo("Crème \"brûlée\" 🍮\n");
        assertThat(json.getString("date_created")).matches("\\w{3}, \\d{2} \\w{3} \\d{4} \\d{2}:\\d{2}:\\d{2} \\+0000");
        assertThat(json.getValue("num_segments")).isEqualTo("1");
        assertThat(json.getValue("num_media")).isEqualTo("0");
        assertThat(json.getValue("price")).isNull();
        assertThat(json.getValue("error_code")).isNull();
        assertThat(json.getString("sid")).matches("SM[0-9a-f]{32}");
        assertThat(json.getJsonObject("subresource_uris").fieldNames()).containsExactly("media");
        assertThat(json.getString("uri"))
                .isEqualTo("/2010-04-01/Accounts/" + SimulatorAccount.ACCOUNT_SID + "/Messages/" + json.getString("sid")
                        + ".json");
        assertThat(response.headers().firstValue("Twilio-Concurrent-Requests")).contains("1");
    }

    @Test
    void numbers_messages_with_media_apart() {
        Message created = Message.creator(
                        new PhoneNumber(RunningSimulator.TO),
                        new PhoneNumber(RunningSimulator.FROM),
                        List.of(URI.create("https://example.com/a.png"), URI.create("https://example.com/b.pdf")))
                .create(running.twilio());

        assertThat(created.getSid()).startsWith("MM");
        assertThat(created.getNumMedia()).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource({
        "'', +15005550006, Hi, 21604",
        "+1500555XXXX, +15005550006, Hi, 21211",
        "12, +15005550006, Hi, 21211",
        "+15005550010, '', Hi, 21603",
        "+15005550010, not a sender at all, Hi, 21212",
        "+15005550010, +15005550006, '', 21602",
        "whatsapp:+15005550010, +15005550006, Hi, 21910",
        "+15005550006, +15005550006, Hi, 21266",
        "+15005550001, +15005550006, Hi, 21211",
        "+15005550002, +15005550006, Hi, 21612",
        "+15005550003, +15005550006, Hi, 21408",
        "+15005550004, +15005550006, Hi, 21610",
        "+15005550009, +15005550006, Hi, 21614",
        "+15005550010, +15005550001, Hi, 21212",
        "+15005550010, +15005550007, Hi, 21606",
        "+15005550010, +15005550008, Hi, 21611"
    })
    void refuses_what_twilio_refuses(String to, String from, String body, int code) throws Exception {
        HttpResponse<String> response = running.create("To", to, "From", from, "Body", body);

        JsonObject json = new JsonObject(response.body());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json.fieldNames()).containsExactlyInAnyOrder("code", "message", "more_info", "status");
        assertThat(json.getInteger("code")).isEqualTo(code);
        assertThat(json.getInteger("status")).isEqualTo(400);
        assertThat(json.getString("more_info")).isEqualTo("https://www.twilio.com/docs/errors/" + code);
        assertThat(running.control().summary().accepted()).isZero();
        assertThat(running.control().summary().received()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "StatusCallback, not a url, 21609",
        "StatusCallback, http://under_score.example.com/, 21609",
        "MediaUrl, nowhere, 21620",
        "ValidityPeriod, 0, 21624",
        "ValidityPeriod, 36001, 21624",
        "ContentSid, HX12, 21655",
        "ContentVariables, '{}', 21654",
        "MessagingServiceSid, MG12, 21701"
    })
    void refuses_a_bad_option(String name, String value, int code) throws Exception {
        HttpResponse<String> response =
                running.create("To", RunningSimulator.TO, "From", RunningSimulator.FROM, "Body", "Hi", name, value);

        assertThat(new JsonObject(response.body()).getInteger("code")).isEqualTo(code);
    }

    @Test
    void refuses_content_variables_that_are_no_json() throws Exception {
        HttpResponse<String> response = running.create(
                "To",
                RunningSimulator.TO,
                "From",
                RunningSimulator.FROM,
                "ContentVariables",
                "{1:",
                "ContentSid",
                "HX00000000000000000000000000000001");

        assertThat(new JsonObject(response.body()).getInteger("code")).isEqualTo(21656);
    }

    @Test
    void takes_1600_characters_and_refuses_one_more() throws Exception {
        String text = "🙂".repeat(1_600);

        assertThat(running.create("To", RunningSimulator.TO, "From", "Heliograph", "Body", text)
                        .statusCode())
                .isEqualTo(201);
        HttpResponse<String> refused =
                running.create("To", RunningSimulator.TO, "From", "Heliograph", "Body", text + "!");
        assertThat(new JsonObject(refused.body()).getInteger("code")).isEqualTo(21617);
    }

    @Test
    void refuses_an_eleventh_media_url_and_a_body_over_a_mebibyte() throws Exception {
        String media = IntStream.range(0, 11)
                .mapToObj(i -> "&MediaUrl=https://example.com/" + i)
                .collect(Collectors.joining());
        String form = RunningSimulator.form("To", RunningSimulator.TO, "From", RunningSimulator.FROM);

        HttpResponse<String> many = running.send("POST", RunningSimulator.MESSAGES, form + media);
        HttpResponse<String> large =
                running.send("POST", RunningSimulator.MESSAGES, form + "&Body=" + "x".repeat(1 << 20));

        assertThat(new JsonObject(many.body()).getInteger("code")).isEqualTo(21623);
        assertThat(large.statusCode()).isEqualTo(413);
    }

    @Test
    void is_understood_by_the_sdk_when_it_says_no() {
        ApiException refusal = catchThrowableOfType(
                ApiException.class,
                () -> Message.creator(new PhoneNumber("+15005550009"), new PhoneNumber(RunningSimulator.FROM), "Hi")
                        .create(running.twilio()));

        assertThat(refusal.getCode()).isEqualTo(21614);
        assertThat(refusal.getStatusCode()).isEqualTo(400);
        assertThat(refusal.getMessage()).isEqualTo("'To' number is not a valid mobile number");
    }
}
