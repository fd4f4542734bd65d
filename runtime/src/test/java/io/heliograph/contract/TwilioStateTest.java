package io.heliograph.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TwilioStateTest {
    @ParameterizedTest
    @CsvSource({
        "SCHEDULED, scheduled",
        "QUEUED, queued",
        "SENDING, sending",
        "UNKNOWN, sending",
        "SENT, sent",
        "DELIVERED, delivered",
        "READ, read",
        "UNDELIVERED, undelivered",
        "FAILED, failed",
        "EXPIRED, failed",
        "REFUSED, failed",
        "CANCELED, canceled"
    })
    void has_a_word_of_twilios_for_each_of_ours(MessageStatus status, String word) {
        assertThat(TwilioState.of(status, null, 1, false).status()).isEqualTo(word);
    }

    @Test
    void is_accepted_before_a_messaging_service_has_sent_it_for_the_first_time() {
        assertThat(TwilioState.of(MessageStatus.QUEUED, null, 0, true).status()).isEqualTo("accepted");
        assertThat(TwilioState.of(MessageStatus.QUEUED, null, 1, true).status()).isEqualTo("queued");
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED, RECIPIENT_OPTED_OUT, 21610",
        "UNDELIVERED, RECIPIENT_UNREACHABLE, 30003",
        "FAILED, RECIPIENT_UNREACHABLE, 30005",
        "UNDELIVERED, REFUSED_BY_CARRIER, 30007",
        "EXPIRED, VALIDITY_PASSED, 30036",
        "FAILED, OUTCOME_UNKNOWN, 30410"
    })
    void gives_a_reason_twilios_number(MessageStatus status, Reason reason, int code) {
        assertThat(TwilioState.of(status, reason, 1, false).errorCode()).isEqualTo(code);
    }

    /** A retry or a deferral leaves its reason while the message goes on. */
    @ParameterizedTest
    @EnumSource
    void names_no_error_while_a_message_is_under_way(Reason reason) {
        assertThat(TwilioState.of(MessageStatus.QUEUED, reason, 1, false).errorCode())
                .isNull();
        assertThat(TwilioState.of(MessageStatus.DELIVERED, reason, 1, false).errorCode())
                .isNull();
    }
}
