package io.heliograph.gateway.twilio.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.gateway.messages.fields.Recipients;
import io.vertx.core.MultiMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses of a filter are those that are stored. */
class MessageFilterTest {
    /** Whose numbers have eight digits. */
    private static final Recipients SINGAPORE = new Recipients("SG");

    @ParameterizedTest
    @CsvSource({
        "+6591234567, +6591234567",
        "whatsapp:+6591234567, +6591234567",
        "' 6591234567', +6591234567",
        "91234567, 91234567",
        "70007, 70007",
        "SHOP, SHOP",
    })
    void a_sender_is_a_number_a_short_code_or_a_name(String from, String stored) {
        MessageFilter filter =
                MessageFilter.read(MultiMap.caseInsensitiveMultiMap().add("From", from), SINGAPORE);

        assertThat(filter.sender()).isEqualTo(stored);
    }

    @ParameterizedTest
    @CsvSource({"91234567, +6591234567", "+6591234567, +6591234567"})
    void a_recipient_is_a_number(String to, String stored) {
        MessageFilter filter =
                MessageFilter.read(MultiMap.caseInsensitiveMultiMap().add("To", to), SINGAPORE);

        assertThat(filter.recipient()).isEqualTo(stored);
    }
}
