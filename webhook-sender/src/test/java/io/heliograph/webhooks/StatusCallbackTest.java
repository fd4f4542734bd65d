package io.heliograph.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.contract.TwilioSignature;
import io.heliograph.testing.LogGuard;
import io.heliograph.webhooks.Receiver.Got;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The status callbacks that messages of the Twilio-compatible API bring with them. */
class StatusCallbackTest {
    private static final String SID = "AC" + "0".repeat(32);
    private static final String SERVICE_SID = "MG" + "1".repeat(32);
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @RegisterExtension
    static final LogGuard LOG = new LogGuard("+15005550010", TOKEN, "/hooks");

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private TestWebhooks webhooks;

    @BeforeEach
    void database() throws Exception {
        webhooks = new TestWebhooks();
        webhooks.execute("DELETE FROM event_listening");
    }

    @AfterEach
    void stop() throws Exception {
        Void _ = vertx.close().await(20, TimeUnit.SECONDS);
        webhooks.close();
    }

    @Test
    void tells_in_twilios_words_signed_with_the_token_of_the_account() throws Exception {
        credential();
        Receiver receiver = Receiver.well(vertx);
        UUID message = webhooks.message(receiver.url());
        webhooks.execute("UPDATE message SET messaging_service_sid = ?", SERVICE_SID);
        webhooks.move(message, "unknown", null);
        webhooks.move(message, "sent", null);
        webhooks.move(message, "undelivered", "recipient_unreachable");

        try (RunningSender _ = RunningSender.start(vertx, webhooks.url())) {
            await().atMost(SOON).until(() -> webhooks.count("SELECT count(*) FROM webhook_delivery") == 0);
        }

        List<MultiMap> forms =
                receiver.got().stream().map(StatusCallbackTest::form).toList();
        assertThat(forms)
                .extracting(form -> form.get("MessageStatus"))
                .containsExactlyInAnyOrder("sent", "undelivered");
        MultiMap undelivered = forms.stream()
                .filter(form -> form.contains("ErrorCode"))
                .findFirst()
                .orElseThrow();
        String sid = "SM" + message.toString().replace("-", "");
        assertThat(undelivered.entries())
                .extracting(entry -> entry.getKey() + "=" + entry.getValue())
                .containsExactlyInAnyOrder(
                        "AccountSid=" + SID,
                        "ApiVersion=2010-04-01",
                        "MessageSid=" + sid,
                        "MessageStatus=undelivered",
                        "SmsSid=" + sid,
                        "SmsStatus=undelivered",
                        "To=+15005550010",
                        "From=+15005550006",
                        "MessagingServiceSid=" + SERVICE_SID,
                        "ErrorCode=30003");
        TwilioSignature signature = new TwilioSignature(TOKEN);
        assertThat(receiver.got())
                .allSatisfy(got -> assertThat(signature.matches(
                                receiver.url(), form(got), got.headers().getOrDefault("x-twilio-signature", "")))
                        .isTrue());
    }

    @Test
    void waits_where_an_account_has_no_token_to_sign_with() throws Exception {
        Receiver receiver = Receiver.well(vertx);
        UUID message = webhooks.message(receiver.url());
        webhooks.move(message, "sent", null);
        webhooks.execute("DELETE FROM twilio_credential");

        try (RunningSender _ = RunningSender.start(vertx, webhooks.url())) {
            await().atMost(SOON).until(() -> webhooks.count("SELECT count(*) FROM webhook_try") == 1);
        }

        assertThat(webhooks.text(
                        "SELECT failure || ' ' || (next_at IS NOT NULL) || ' ' || message_id FROM webhook_try"))
                .isEqualTo("no_credential true " + message);
        assertThat(receiver.got()).isEmpty();
    }

    /** Known here, in place of the one that every account has. */
    private void credential() throws Exception {
        webhooks.execute(
                "INSERT INTO twilio_credential (account_id, account_sid, auth_token) VALUES (1, ?, ?)"
                        + " ON CONFLICT (account_id) DO UPDATE SET account_sid = excluded.account_sid, auth_token = excluded.auth_token",
                SID,
                TOKEN);
    }

    private static MultiMap form(Got got) {
        MultiMap form = MultiMap.caseInsensitiveMultiMap();
        for (String pair : got.body().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            form.add(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }
}
