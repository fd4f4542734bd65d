package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.TwilioSignature;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which callbacks are taken, and what is kept of them. */
class ReceivingReceiptsTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @Test
    void stores_applies_and_answers_a_receipt() {
        String id = TestMessages.sending(gateway);

        HttpResponse<String> response =
                TwilioPost.of("SM1", "delivered").about(id, 1).to(gateway);

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(gateway.sql().state(id)).isEqualTo("delivered settled");
        assertThat(gateway.sql()
                        .text("SELECT provider || ' ' || provider_message_id || ' ' || provider_status || ' ' || status"
                                + " || ' ' || attempt FROM callback WHERE message_id = '" + id
                                + "' AND applied_at IS NOT NULL"))
                .isEqualTo("twilio SM1 delivered delivered 1");
    }

    @Test
    void refuses_a_wrong_signature_stores_nothing_and_counts_it() {
        String id = TestMessages.sending(gateway);
        double before = gateway.metric("heliograph_callbacks_total{result=\"bad_signature\"}");

        HttpResponse<String> response = TwilioPost.of("SM1", "delivered")
                .about(id, 1)
                .signedWith("another token")
                .to(gateway);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(json(response).getString("code")).isEqualTo("bad_signature");
        assertThat(gateway.sql().count("SELECT count(*) FROM callback")).isZero();
        assertThat(gateway.sql().state(id)).isEqualTo("sending promised");
        assertThat(gateway.metric("heliograph_callbacks_total{result=\"bad_signature\"}"))
                .isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "ümlaut"})
    void refuses_a_signature_that_is_none(String signature) {
        assertThat(TwilioPost.of("SM1", "sent")
                        .withSignature(signature)
                        .to(gateway)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void refuses_a_call_without_a_signature() {
        HttpResponse<String> response = gateway.sendAsIs(gateway.request("/callbacks/twilio/status")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(TwilioPost.of("SM1", "sent").body())));

        assertThat(response.statusCode()).isEqualTo(403);
    }

    @Test
    void refuses_a_signed_call_whose_url_or_form_was_changed() {
        String id = TestMessages.sending(gateway);
        String signature = TwilioPost.of("SM1", "sent").about(id, 1).sign();

        assertThat(TwilioPost.of("SM1", "delivered")
                        .about(id, 1)
                        .withSignature(signature)
                        .to(gateway)
                        .statusCode())
                .isEqualTo(403);
        assertThat(TwilioPost.of("SM1", "sent")
                        .about(id, 2)
                        .withSignature(signature)
                        .to(gateway)
                        .statusCode())
                .isEqualTo(403);
        assertThat(TwilioPost.of("SM1", "sent")
                        .with("More", "1")
                        .about(id, 1)
                        .withSignature(signature)
                        .to(gateway)
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.sql().state(id)).isEqualTo("sending promised");
    }

    @Test
    void believes_the_configured_url_and_not_the_host_that_a_caller_names() {
        assertThat(TwilioPost.of("SM1", "sent")
                        .signedFor("http://localhost:" + gateway.port())
                        .to(gateway)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void takes_the_url_with_its_default_port_too_because_twilio_may_sign_either() {
        assertThat(TwilioPost.of("SM1", "sent")
                        .signedFor(RunningGateway.PUBLIC_URL + ":443")
                        .to(gateway)
                        .statusCode())
                .isEqualTo(204);
        assertThat(TwilioPost.of("SM2", "sent")
                        .signedFor(RunningGateway.PUBLIC_URL + ":8443")
                        .to(gateway)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void takes_a_signature_by_the_previous_token_while_tokens_are_rotated() {
        assertThat(TwilioPost.of("SM1", "sent")
                        .signedWith(RunningGateway.PREVIOUS_TOKEN)
                        .to(gateway)
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void keeps_parameters_that_nobody_knew_and_all_values_of_a_repeated_one() {
        String id = TestMessages.sending(gateway);

        TwilioPost.of("SM1", "delivered")
                .about(id, 1)
                .with("RawDlrDoneDate", "2611191130")
                .with("BrandNew", "b&=+ ü✓")
                .with("Twice", "2")
                .with("Twice", "1")
                .to(gateway);

        JsonObject fields = new JsonObject(gateway.sql().text("SELECT fields FROM callback"));
        assertThat(fields.getString("RawDlrDoneDate")).isEqualTo("2611191130");
        assertThat(fields.getString("BrandNew")).isEqualTo("b&=+ ü✓");
        assertThat(fields.getJsonArray("Twice")).containsExactly("2", "1");
        assertThat(fields.getString("MessageSid")).isEqualTo("SM1");
    }

    @Test
    void keeps_a_word_that_twilio_did_not_have_yesterday_and_moves_nothing() {
        String id = TestMessages.sending(gateway);

        HttpResponse<String> response =
                TwilioPost.of("SM1", "teleported").about(id, 1).to(gateway);

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(gateway.sql().text("SELECT provider_status || ' ' || (status IS NULL) FROM callback"))
                .isEqualTo("teleported true");
        assertThat(gateway.sql().state(id)).isEqualTo("sending promised");
    }

    @Test
    void shows_the_providers_code_in_the_story_of_the_message() {
        String id = TestMessages.sending(gateway);

        TwilioPost.of("SM1", "undelivered")
                .about(id, 1)
                .with("ErrorCode", "30003")
                .to(gateway);

        JsonObject shown = json(gateway.get("/v1/messages/" + id));
        assertThat(shown.getString("reason")).isEqualTo("refused_by_carrier");
        assertThat(shown.getJsonArray("timeline").getJsonObject(3).getMap())
                .containsEntry("status", "undelivered")
                .containsEntry("code", "30003")
                .containsEntry("provider_status", "undelivered")
                .containsEntry("provider_message_id", "SM1");
    }

    @Test
    void understands_the_deprecated_names() {
        String id = TestMessages.sending(gateway);

        TwilioPost.withoutFields()
                .with("SmsSid", "SM1")
                .with("SmsStatus", "delivered")
                .about(id, 1)
                .to(gateway);

        assertThat(gateway.sql().state(id)).isEqualTo("delivered settled");
    }

    @Test
    void refuses_a_signed_form_that_is_no_receipt() {
        HttpResponse<String> noStatus =
                TwilioPost.withoutFields().with("MessageSid", "SM1").to(gateway);
        HttpResponse<String> tooLong = TwilioPost.of("S".repeat(65), "sent").to(gateway);
        HttpResponse<String> nothing = TwilioPost.withoutFields().to(gateway);

        assertThat(json(noStatus).getString("code")).isEqualTo("not_a_receipt");
        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(nothing.statusCode()).isEqualTo(400);
        assertThat(gateway.sql().count("SELECT count(*) FROM callback")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?m=nonsense&a=1", "?a=1", "?m=&a=", "?a=99999", "?a=x", "?m=%00"})
    void takes_a_receipt_whose_url_names_no_message_and_looks_for_it_by_the_providers_id(String query) {
        String id = TestMessages.sending(gateway);
        TestMessages.recordAttempt(gateway, id, 1, "SM1");

        HttpResponse<String> response =
                TwilioPost.of("SM1", "delivered").withQuery(query).to(gateway);

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(gateway.sql().state(id)).isEqualTo("delivered settled");
    }

    @Test
    void refuses_a_body_over_64_kib() {
        HttpResponse<String> response = TwilioPost.of("SM1", "sent")
                .with("Padding", "x".repeat(64 * 1024))
                .to(gateway);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(gateway.sql().count("SELECT count(*) FROM callback")).isZero();
    }

    @Test
    void takes_a_long_value_and_many_parameters_within_64_kib() {
        TwilioPost post = TwilioPost.of("SM1", "sent").with("ChannelMetadata", "x".repeat(20_000));
        for (int i = 0; i < 500; i++) {
            post.with("Parameter" + i, "value");
        }

        assertThat(post.to(gateway).statusCode()).isEqualTo(204);
        assertThat(gateway.sql().count("SELECT length(fields ->> 'ChannelMetadata') FROM callback"))
                .isEqualTo(20_000);
    }

    @Test
    void refuses_a_form_with_more_parameters_than_any_provider_sends() {
        TwilioPost post = TwilioPost.withoutFields();
        for (int i = 0; i <= 512; i++) {
            post.with("p" + i, "");
        }

        HttpResponse<String> response = post.to(gateway);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).getString("code")).isEqualTo("unreadable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data; boundary=x"})
    void refuses_a_body_that_is_no_form_because_its_signature_cannot_fit(String type) {
        TwilioPost post = TwilioPost.of("SM1", "sent");

        HttpResponse<String> response = gateway.sendAsIs(gateway.request("/callbacks/twilio/status")
                .header("Content-Type", type)
                .header(TwilioSignature.HEADER, post.sign())
                .POST(BodyPublishers.ofString(post.body())));

        assertThat(response.statusCode()).isIn(400, 403);
        assertThat(gateway.sql().count("SELECT count(*) FROM callback")).isZero();
    }

    @Test
    void refuses_a_form_that_cannot_be_decoded() {
        HttpResponse<String> response = gateway.sendAsIs(gateway.request("/callbacks/twilio/status")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(TwilioSignature.HEADER, "x")
                .POST(BodyPublishers.ofString("a=%zz")));

        assertThat(response.statusCode()).isIn(400, 403);
    }
}
