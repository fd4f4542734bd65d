package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the file of providers says about the numbers that people write to. */
class OwnNumbersTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @BeforeEach
    void empty() {
        gateway.sql()
                .execute("DELETE FROM inbound_message; DELETE FROM suppression; DELETE FROM routing_table;"
                        + " DELETE FROM account WHERE id > 1; DELETE FROM keyword WHERE account_id > 0");
    }

    @ParameterizedTest
    @CsvSource({
        // Twilio answers for its long codes, unless told otherwise, and never on WhatsApp.
        "one, +15005550006, null, 0",
        "two, +15005550006, false, 1",
        "three, 12345, null, 1",
        "four, 12345, true, 0",
        "five, whatsapp:+15005550006, true, 1",
    })
    void nothing_is_answered_where_the_provider_answers(String provider, String to, String told, int answers) {
        routes(provider, to.replace("whatsapp:", ""), "null", told);

        InboundPost.twilio(gateway, InboundPost.twilioForm("SM-" + provider, to, "STOP"));

        assertThat(gateway.sql().count("SELECT count(*) FROM suppression")).isEqualTo(1);
        assertThat(gateway.sql()
                        .count("SELECT count(*) FROM message m JOIN outbox o ON o.message_id = m.id"
                                + " WHERE answers IS NOT NULL AND topic = '" + provider + "'"))
                .isEqualTo(answers);
    }

    @Test
    void an_accounts_own_word_is_answered_where_the_provider_answers_those_that_it_knows() {
        routes("own", "+15005550006", "null", "null");
        gateway.sql().execute("""
            INSERT INTO keyword (account_id, word, kind, answer, answer_segments, answer_encoding)
            VALUES (1, 'STOPP', 'stop', 'Done', 1, 'gsm7'), (1, 'STOP', 'stop', 'Twice', 1, 'gsm7')""");

        InboundPost.twilio(gateway, InboundPost.twilioForm("SM1", "+15005550006", "Stopp"));
        InboundPost.twilio(gateway, InboundPost.twilioForm("SM2", "+15005550006", "Start"));
        InboundPost.twilio(gateway, InboundPost.twilioForm("SM3", "+15005550006", "Stop"));

        assertThat(gateway.sql().text("SELECT string_agg(body, ', ') FROM message WHERE answers IS NOT NULL"))
                .isEqualTo("Done");
    }

    @Test
    void a_number_with_an_owner_is_nobody_elses_whoever_wrote_last() {
        gateway.sql().execute("INSERT INTO account (name) VALUES ('acme')");
        String ofTheFirst = TestMessages.in(gateway, "sent", 1);
        routes("six", "12345", "\"acme\"", "null");
        routes("seven", "54321", "\"gone\"", "null");

        InboundPost.twilio(gateway, InboundPost.twilioForm("SM2", "54321", "Hello"));
        routes("eight", "12345", "\"acme\"", "null");
        InboundPost.twilio(gateway, "SM1", "Hello");

        assertThat(ofTheFirst).isNotNull();
        assertThat(
                        gateway.sql()
                                .text(
                                        "SELECT string_agg(provider_message_id || ' ' || coalesce(name, 'nobody'), ', ' ORDER BY"
                                                + " provider_message_id) FROM inbound_message i LEFT JOIN account a ON a.id = account_id"))
                .isEqualTo("SM1 acme, SM2 nobody");
    }

    @Test
    void stop_to_a_number_with_an_owner_stops_the_others_that_wrote_from_it_too() {
        gateway.sql().execute("INSERT INTO account (name) VALUES ('acme')");
        String _ = TestMessages.in(gateway, "sent", 1);
        routes("nine", "12345", "\"acme\"", "null");

        InboundPost.twilio(gateway, "SM1", "Stop");
        InboundPost.twilio(gateway, "SM2", "Stop");

        assertThat(gateway.sql()
                        .text("SELECT string_agg(name, ', ' ORDER BY name) FROM suppression s"
                                + " JOIN account a ON a.id = account_id"))
                .isEqualTo("acme, default");
        assertThat(gateway.sql()
                        .text("SELECT string_agg(name, ', ') FROM message m JOIN account a ON a.id = account_id"
                                + " WHERE answers IS NOT NULL"))
                .isEqualTo("acme");
    }

    /** Returns when the gateway has read it: then messages go to this provider. */
    private static void routes(String provider, String address, String account, String answers) {
        gateway.sql().execute("DELETE FROM routing_table");
        gateway.sql().execute("""
            INSERT INTO routing_table (content) VALUES ('{"v": 1, "accounts": [{"name": "%s", "kind": "twilio",
              "channels": ["sms", "whatsapp"], "senders": [{"address": "%s", "channels": ["sms", "whatsapp"], "prefixes": [],
              "account": %s, "provider_answers_keywords": %s}],
              "limits": {"concurrency": 64, "timeout_ms": 10000, "batch": 1},
              "prices": {"currency": "", "by_prefix": {}}}], "routes": [{"channel": "sms", "prefix": "", "lanes": [],
              "policy": "ordered", "providers": [{"name": "%s", "weight": 1}]}], "limits": {"per_second": {}}}')""".formatted(provider, address, account, answers, provider));
        JsonObject probe = new JsonObject().put("to", "+15005550099").put("text", "Hello");
        await().until(() -> {
            String id = RunningGateway.json(gateway.post("/v1/messages", probe)).getString("id");
            return gateway.sql()
                    .text("SELECT topic FROM outbox WHERE message_id = '" + id + "'")
                    .equals(provider);
        });
    }
}
