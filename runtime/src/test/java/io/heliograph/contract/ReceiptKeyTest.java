package io.heliograph.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReceiptKeyTest {
    private static final String CALL = ReceiptKey.callRef(UUID.fromString("019ab000-0000-7000-8000-000000000001"), 2);

    @Test
    void is_the_same_however_the_number_is_written() {
        String key = ReceiptKey.of(CALL, "+919876543210");

        assertThat(key).hasSize(32).matches("[0-9a-f]+");
        assertThat(ReceiptKey.of(CALL, "9876543210")).isEqualTo(key);
        assertThat(ReceiptKey.of(CALL, "919876543210")).isEqualTo(key);
        assertThat(ReceiptKey.of(CALL, "+91 98765-43210")).isEqualTo(key);
    }

    @Test
    void tells_calls_and_numbers_apart() {
        String key = ReceiptKey.of(CALL, "+919876543210");

        assertThat(ReceiptKey.of(CALL, "+919876543211")).isNotEqualTo(key);
        assertThat(ReceiptKey.of(CALL + "0", "+919876543210")).isNotEqualTo(key);
    }

    /** Both sides of a deployment compute it, and not always in the same release. */
    @Test
    void never_changes() {
        assertThat(CALL).isEqualTo("019ab000-0000-7000-8000-000000000001-2");
        assertThat(ReceiptKey.of(CALL, "+919876543210")).isEqualTo("0adc91bd08b6520511ffbd6eb42ed4c0");
    }

    @Test
    void takes_numbers_that_are_short() {
        assertThat(ReceiptKey.tail("+4312345")).isEqualTo("4312345");
        assertThat(ReceiptKey.tail("")).isEmpty();
    }
}
