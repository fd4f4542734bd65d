package io.heliograph.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.worker.testing.Followers;
import io.heliograph.worker.testing.LedgerBench;
import io.heliograph.worker.testing.Messages;
import io.heliograph.worker.testing.Verdicts;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same text through another provider, after a receipt that was the first one's fault. */
class AnotherProviderTest {
    private static final String EMAIL = """
        {"channel": "email", "to": "ann@example.com", "text": "By email", "segments": 0, "encoding": "utf8",
         "content": {"subject": "Hello"}, "valid_for_ms": 3600000}""";

    private final LedgerBench bench = new LedgerBench();
    private final Followers line = new Followers(bench);

    @BeforeEach
    void twoProviders() {
        bench.messages.execute("""
            INSERT INTO routing_table (content) VALUES
              ('{"routes": [{"channel": "sms", "providers": [{"name": "twilio"}, {"name": "plivo"}]}]}')""");
    }

    @AfterEach
    void close() throws Exception {
        assertThat(bench.messages.violations()).isZero();
        bench.close();
    }

    @Test
    void another_provider_gets_the_same_text_once_and_for_as_long_as_it_was_valid() throws Exception {
        UUID first = withAnotherProvider()
                .with("media_urls", "'[\"https://example.com/a.png\"]'")
                .with("content", "'{\"dlt\": {\"template_id\": \"7\"}}'")
                .insert();
        int _ = bench.record(Verdicts.accepted(line.claimed(first), "SM1"));

        line.receipt(first, "undelivered", "refused_by_carrier");
        UUID second = line.follower(first);

        assertThat(bench.messages.status(first)).isEqualTo("undelivered");
        assertThat(bench.messages.text("SELECT concat_ws(' ', status, channel, recipient, body, media_urls, content,"
                        + " avoided_providers, expires_at = (SELECT expires_at FROM message WHERE id = '" + first
                        + "')) FROM message WHERE id = '" + second + "'"))
                .isEqualTo("queued sms +15005550010 Your table is ready [\"https://example.com/a.png\"]"
                        + " {\"dlt\": {\"template_id\": \"7\"}} {twilio} t");
        line.publishAt(second, "plivo");
        assertThat(bench.ledger
                        .claim(List.of(second), "plivo", UUID.randomUUID())
                        .toSend()
                        .getFirst()
                        .wishes()
                        .avoided())
                .containsExactly("twilio");
    }

    @Test
    void when_every_provider_has_failed_the_next_channel_has_its_turn() throws Exception {
        UUID first = withAnotherProvider().with("fallback", "'[" + EMAIL + "]'").insert();
        int _ = bench.record(Verdicts.accepted(line.claimed(first), "SM1"));
        line.receipt(first, "failed", "provider_configuration");
        UUID second = line.follower(first);
        line.publishAt(second, "plivo");
        Claims _ = bench.ledger.claim(List.of(second), "plivo", UUID.randomUUID());

        line.receipt(second, "undelivered", "refused_by_carrier");

        UUID third = line.follower(second);
        assertThat(line.channel(third)).isEqualTo("email");
        assertThat(bench.messages.column(third, "avoided_providers")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"recipient_unreachable", "recipient_opted_out", "validity_passed"})
    void no_other_provider_is_tried_for_what_is_not_the_first_ones_fault(String reason) throws Exception {
        UUID id = withAnotherProvider().insert();
        int _ = bench.record(Verdicts.accepted(line.claimed(id), "SM1"));

        line.receipt(id, "undelivered", reason);

        assertThat(line.followers(id)).isZero();
    }

    @Test
    void no_other_provider_is_tried_for_what_none_has_taken_or_what_is_no_longer_valid() throws Exception {
        UUID refused = withAnotherProvider().insert();
        int _ = bench.record(Verdicts.refused(line.claimed(refused), "21211"));
        UUID late = withAnotherProvider().insert();
        int _ = bench.record(Verdicts.accepted(line.claimed(late), "SM1"));
        bench.messages.execute("UPDATE message SET expires_at = now() - interval '1 second' WHERE id = ?", late);

        line.receipt(late, "undelivered", "refused_by_carrier");

        assertThat(bench.messages.number("SELECT count(*) FROM message")).isEqualTo(2);
    }

    @Test
    void no_more_than_three_others_are_tried() {
        bench.messages.execute("""
            UPDATE routing_table SET content = '{"routes": [{"channel": "sms", "providers":
              [{"name": "twilio"}, {"name": "b"}, {"name": "c"}, {"name": "d"}, {"name": "e"}]}]}'""");
        @Nullable UUID id = withAnotherProvider().insert();

        int tried = 0;
        for (String provider : List.of("twilio", "b", "c", "d", "e")) {
            if (id == null) {
                break;
            }
            tried++;
            bench.messages.execute(
                    "UPDATE message SET provider = ?, attempt = 1, status = 'sending' WHERE id = ?", provider, id);
            line.receipt(id, "undelivered", "refused_by_carrier");
            id = line.followerOrNull(id);
        }

        assertThat(tried).isEqualTo(4);
    }

    @Test
    void another_provider_is_no_reason_to_make_a_message_where_there_is_none() throws Exception {
        bench.messages.execute("""
            UPDATE routing_table SET content = '{"routes": [{"channel": "sms", "providers": [{"name": "twilio"}]}]}'""");
        UUID id = withAnotherProvider().insert();
        int _ = bench.record(Verdicts.accepted(line.claimed(id), "SM1"));

        line.receipt(id, "undelivered", "refused_by_carrier");

        assertThat(bench.messages.status(id)).isEqualTo("undelivered");
        assertThat(line.followers(id)).isZero();
    }

    private Messages.Row withAnotherProvider() {
        return bench.messages.queued().with("on_undelivered", "'another_provider'");
    }
}
