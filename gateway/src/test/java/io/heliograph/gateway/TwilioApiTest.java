package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Twilio-compatible API on the wire: what SDKs hide. */
class TwilioApiTest {
    private static final String HELLO = "To=%2B15005550010&From=%2B15005550006&Body=Hello";

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    private final TwilioAccount account = TwilioAccount.of(gateway);

    @BeforeEach
    void empty() {
        gateway.sql().execute("DELETE FROM inbound_message");
    }

    @Test
    void answers_201_with_twilios_properties_in_twilios_order() {
        HttpResponse<String> response = account.post("/Messages.json", HELLO);

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(json(response).fieldNames())
                .containsExactly(
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
        assertThat(json(response).getString("date_created"))
                .matches("[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} \\+0000");
        assertThat(json(response).getString("num_media")).isEqualTo("0");
        assertThat(json(response).getString("uri"))
                .isEqualTo("/2010-04-01/Accounts/" + account.sid() + "/Messages/"
                        + json(response).getString("sid") + ".json");
        assertThat(json(response).getJsonObject("subresource_uris").fieldNames())
                .containsExactly("media");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "From=%2B15005550006&Body=Hello | 21604",
                "To=%2B15005550010&Body=Hello | 21603",
                "To=12&From=%2B15005550006&Body=Hello | 21211",
                "To=messenger:1&From=%2B15005550006&Body=Hello | 21211",
                "To=%2B15005550010&From=%2B15005550006 | 21602",
                "To=%2B15005550010&From=%2B15005550006&Body=%00 | 20001",
                "To=%zz | 20001",
                "To=%2B15005550010&From=%2B15005550006&Body=x&ContentVariables=%7B%7D | 21654",
                "To=%2B15005550010&From=%2B15005550006&Body=x&ApplicationSid=AP1 | 20001",
                "To=%2B15005550010&From=%2B15005550006&Body=x&SendAsMms=true | 20001",
                "To=%2B15005550010&From=%2B15005550006&Body=x&ValidityPeriod=soon | 21624",
                "To=%2B15005550010&From=%2B15005550006&Body=x&SendAt=2036-01-01T00:00:00Z | 35126",
                "To=%2B15005550010&MessagingServiceSid=MG00000000000000000000000000000000&Body=x&ScheduleType=fixed&SendAt=soon | 35117",
                "To=%2B15005550010&MessagingServiceSid=MG00000000000000000000000000000000&Body=x&ScheduleType=fixed&SendAt=2020-01-01T00:00:00 | 35114",
            })
    void says_what_is_wrong_with_twilios_number(String form, int code) {
        HttpResponse<String> response = account.post("/Messages.json", form);

        isRefused(response, 400, code);
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isZero();
    }

    @Test
    void ignores_what_twilio_ignores() {
        HttpResponse<String> response = account.post(
                "/Messages.json",
                HELLO
                        + "&MaxPrice=0.01&Attempt=2&ProvideFeedback=true&ForceDelivery=false&TrafficType=free&RiskCheck=enable"
                        + "&AddressRetention=retain&ContentRetention=retain&ShortenUrls=false&SendAsMms=false&Tags=%7B%7D"
                        + "&StatusCallback=https%3A%2F%2Fshop.example.com&ApplicationSid=AP1&Brandnew=1");

        assertThat(response.statusCode()).isEqualTo(201);
    }

    @Test
    void does_a_request_with_a_key_once() {
        HttpResponse<String> first = account.post("/Messages.json", HELLO, "I-Twilio-Idempotency-Token", "order-1");
        HttpResponse<String> again = account.post("/Messages.json", HELLO, "I-Twilio-Idempotency-Token", "order-1");
        HttpResponse<String> other = account.post("/Messages.json", HELLO + "!", "Idempotency-Key", "order-1");

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(again.body()).isEqualTo(first.body());
        isRefused(other, 422, 20422);
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isOne();
    }

    @Test
    void tells_of_every_failure_in_twilios_form() {
        HttpResponse<String> nobody =
                gateway.sendAsIs(gateway.request(messages()).GET());

        isRefused(nobody, 401, 20003);
        assertThat(nobody.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"Twilio API\"");
        isRefused(account.get("/Calls.json"), 404, 20404);
        isRefused(account.get("/Messages/SM1.json"), 404, 20404);
        isRefused(account.get("/Messages/SM" + "0".repeat(32) + ".json"), 404, 20404);
        isRefused(account.delete("/Messages.json"), 405, 20004);
        isRefused(account.post("/Messages.json", "Body=" + "x".repeat(70_000)), 413, 20001);
        isRefused(account.get("/Messages.json?PageSize=0"), 400, 20001);
        isRefused(account.get("/Messages.json?Page=1"), 400, 20001);
        isRefused(account.get("/Messages.json?PageToken=x"), 400, 20001);
        isRefused(account.get("/Messages.json?DateSent=soon"), 400, 20001);
    }

    @Test
    void takes_truth_in_either_case() {
        HttpResponse<String> response = account.post(
                "/Messages.json",
                "To=%2B15005550010&From=%2B15005550006&Body=%E2%80%9CHi%E2%80%9D&SmartEncoded=True&SendAsMms=False");

        assertThat(json(response).getString("body")).isEqualTo("\"Hi\"");
    }

    @Test
    void refuses_who_has_opted_out() {
        var _ = gateway.send(gateway.request("/v1/suppressions")
                .PUT(BodyPublishers.ofString("{\"channel\":\"sms\",\"person\":\"+15005550010\",\"source\":\"test\"}")));

        isRefused(account.post("/Messages.json", HELLO), 400, 21610);
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isZero();
    }

    @Test
    void says_which_methods_a_path_takes() {
        HttpResponse<String> response = gateway.sendAsIs(gateway.request(messages())
                .header("Authorization", TwilioAccount.basic(account.sid(), account.token()))
                .PUT(BodyPublishers.ofString(HELLO)));

        isRefused(response, 405, 20004);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD, POST, OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example.com:65536/",
                "https://shop.example.com:0/",
                "https://user:secret@shop.example.com/",
                "https://shop_1.example.com/",
                "ftp://shop.example.com/",
                "shop"
            })
    void refuses_a_status_callback_that_cannot_be_called(String url) {
        String callback = URLEncoder.encode(url, StandardCharsets.UTF_8);

        isRefused(account.post("/Messages.json", HELLO + "&StatusCallback=" + callback), 400, 21609);
    }

    @Test
    void answers_that_feedback_is_created() {
        String sid = json(account.post("/Messages.json", HELLO)).getString("sid");

        HttpResponse<String> response = account.post("/Messages/" + sid + "/Feedback.json", "Outcome=confirmed");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(json(response).getString("outcome")).isEqualTo("confirmed");
    }

    @Test
    void refuses_a_stranger_before_its_body() {
        HttpResponse<String> response = gateway.sendAsIs(gateway.request(messages())
                .header("Authorization", TwilioAccount.basic(account.sid(), "wrong"))
                .POST(BodyPublishers.ofString("x".repeat(70_000))));

        isRefused(response, 401, 20003);
    }

    @Test
    void takes_sids_in_either_case_and_a_key_as_the_user_alone() {
        String sid = json(account.post("/Messages.json", HELLO)).getString("sid");
        String shouted = "SM" + sid.substring(2).toUpperCase(java.util.Locale.ROOT);

        HttpResponse<String> response = account.get(
                "/Messages/" + shouted + ".json", "Authorization", TwilioAccount.basic(RunningGateway.API_KEY, ""));

        assertThat(json(response).getString("sid")).isEqualTo(sid);
    }

    @Test
    void logs_no_number_and_no_query() {
        try (CapturedLog log = new CapturedLog()) {
            account.post("/Messages.json", HELLO);
            account.get("/Messages.json?To=%2B15005550010");
            account.post("/Messages.json", HELLO + "&ScheduleType=fixed");

            assertThat(log.lines()).noneMatch(line -> line.contains("5005550010") || line.contains(account.token()));
        }
    }

    private String messages() {
        return "/2010-04-01/Accounts/" + account.sid() + "/Messages.json";
    }

    private static void isRefused(HttpResponse<String> response, int status, int code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(json(response).fieldNames()).containsExactly("code", "message", "more_info", "status");
        assertThat(json(response).getInteger("code")).isEqualTo(code);
        assertThat(json(response).getInteger("status")).isEqualTo(status);
        assertThat(json(response).getString("more_info")).isEqualTo("https://www.twilio.com/docs/errors/" + code);
    }
}
