package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a worker was told when it asked a provider: it lies in the inbox, without our word for it, until a gateway comes by. */
class LookedUpReceiptsTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @ParameterizedTest
    @CsvSource({
        "twilio, delivered, , delivered settled none",
        "twilio, undelivered, 30005, undelivered settled recipient_unreachable",
        "plivo, failed, 420, failed settled validity_passed",
        "textlocal, D, , delivered settled none",
        "textlocal, E, , undelivered settled validity_passed",
        "textlocal, P, , sent settled none",
        "textlocal, ?, , sent settled none",
        // Not further than it is.
        "plivo, queued, , sent settled none"
    })
    void moves_its_message_by_the_rules_of_receipts(String provider, String word, String code, String state) {
        String id = sent();

        lookUp(id, provider, word, code);

        await().until(() -> gateway.sql().count("SELECT count(*) FROM callback WHERE applied_at IS NULL") == 0);
        assertThat(gateway.sql().state(id) + " "
                        + gateway.sql().text("SELECT coalesce(reason, 'none') FROM message WHERE id = '" + id + "'"))
                .isEqualTo(state);
    }

    @Test
    void moves_no_message_back() {
        String id = sent();
        TwilioPost.of("SM1", "delivered").about(id, 1).withToken("other").to(gateway);

        lookUp(id, "twilio", "undelivered", "30003");

        await().until(() -> gateway.sql().count("SELECT count(*) FROM callback WHERE applied_at IS NULL") == 0);
        assertThat(gateway.sql().state(id)).isEqualTo("delivered settled");
    }

    @Test
    void takes_nothing_from_the_same_receipt_that_comes_after_all() {
        String id = sent();
        lookUp(id, "twilio", "delivered", null);

        assertThat(TwilioPost.of("SM1", "delivered").about(id, 1).to(gateway).statusCode())
                .isEqualTo(204);

        assertThat(gateway.sql().state(id)).isEqualTo("delivered settled");
        assertThat(gateway.sql().count("SELECT count(*) FROM callback")).isOne();
    }

    @Test
    void keeps_a_word_that_only_another_release_has_and_holds_up_no_other_receipt() {
        String id = TestMessages.sending(gateway);
        String other = TestMessages.sending(gateway);
        gateway.sql().execute("""
            INSERT INTO callback (id, received_at, provider, message_id, attempt, provider_status, status, dedupe_key, fields)
            VALUES (gen_random_uuid(), now(), 'twilio', '%s', 1, 'teleported', 'teleported', 'a', '{}'),
                   (gen_random_uuid(), now(), 'twilio', '%s', 1, 'delivered', 'delivered', 'b', '{}')""".formatted(id, other));

        await().until(() -> gateway.sql().state(other).equals("delivered settled"));
        assertThat(gateway.sql().state(id)).isEqualTo("sending promised");
        assertThat(gateway.sql().text("SELECT provider_status FROM callback WHERE dedupe_key = 'a'"))
                .isEqualTo("teleported");
    }

    private static String sent() {
        String id = TestMessages.sending(gateway);
        TwilioPost.of("SM1", "sent").about(id, 1).to(gateway);
        gateway.sql().execute("DELETE FROM callback");
        assertThat(gateway.sql().state(id)).isEqualTo("sent settled");
        return id;
    }

    private static void lookUp(String id, String provider, String word, @Nullable String code) {
        gateway.sql()
                .execute("INSERT INTO callback (id, received_at, provider, message_id, attempt, provider_message_id,"
                        + " provider_status, code, dedupe_key, fields) VALUES (gen_random_uuid(), now(), '" + provider
                        + "', '" + id + "', 1, 'SM1', '" + word + "', "
                        + (code == null ? "NULL" : "'" + code + "'")
                        + ", '" + provider + ":SM1:" + word + "', '{}')");
    }
}
