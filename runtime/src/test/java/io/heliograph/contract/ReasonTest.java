package io.heliograph.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {
    @ParameterizedTest
    @EnumSource(Reason.class)
    void is_known_by_its_code(Reason reason) {
        assertThat(Reason.of(reason.code())).isEqualTo(reason);
        assertThat(Cause.of(reason.cause().word())).isEqualTo(reason.cause());
    }

    @ParameterizedTest
    @CsvSource({"PROVIDER_CONFIGURATION, OURS", "PROVIDER_UNREACHABLE, PROVIDER", "REFUSED_BY_PROVIDER, CUSTOMER_DATA"})
    void says_whose_turn_it_is(Reason reason, Cause cause) {
        assertThat(reason.cause()).isEqualTo(cause);
    }
}
