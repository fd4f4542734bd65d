package io.heliograph.worker.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Refused;
import io.heliograph.worker.provider.Outcome.TryLater;
import io.heliograph.worker.provider.Outcome.Unknown;
import io.heliograph.worker.provider.Pace;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Twilio's published list of codes, class by class. */
class TwilioAnswersTest {
    private static final List<Integer> PUBLISHED = List.of(
            20003, 20005, 20404, 20422, 20429, 20500, 20503, 21211, 21212, 21266, 21408, 21601, 21606, 21659, 21602,
            21619, 21603, 21604, 21608, 21609, 21610, 21611, 21612, 21614, 21617, 21620, 21623, 21624, 21654, 21655,
            21656, 21664, 21666, 21667, 21701, 21703, 21704, 21910, 30001, 30002, 30003, 30004, 30005, 30006, 30007,
            30008, 30017, 30019, 30022, 30023, 30027, 30032, 30034, 30036, 30410, 30450, 30610, 30640, 63001, 63002,
            63007, 63003, 63005, 63013, 63021, 63026, 63009, 63010, 63012, 63014, 63033, 63015, 63016, 63017, 63018,
            63019, 63024, 63027, 63028, 63040, 63041, 63042, 63051, 63032, 63049, 63036, 63038);

    @Test
    void has_a_class_for_every_published_code() {
        assertThat(PUBLISHED)
                .allSatisfy(code -> assertThat(TwilioCodes.of(code)).isNotNull());
    }

    @ParameterizedTest
    @ValueSource(
            ints = {21211, 21266, 21602, 21608, 21612, 21614, 21617, 21623, 30004, 30005, 30006, 30007, 63003, 63016})
    void refuses_for_good(int code) {
        assertThat(answered(400, code)).isEqualTo(new Refused("" + code, Reason.REFUSED_BY_PROVIDER));
    }

    @ParameterizedTest
    @ValueSource(ints = {21212, 21606, 21659, 30032, 30034, 63007})
    void refuses_a_sender_that_may_not_be_used(int code) {
        assertThat(answered(400, code)).isEqualTo(new Refused("" + code, Reason.PROVIDER_CONFIGURATION, true));
    }

    @ParameterizedTest
    @ValueSource(ints = {20404, 21408, 21603, 21609, 21701, 21703, 63001, 63015, 63027})
    void refuses_for_a_configuration_that_somebody_must_mend(int code) {
        assertThat(answered(400, code)).isEqualTo(new Refused("" + code, Reason.PROVIDER_CONFIGURATION));
    }

    @ParameterizedTest
    @ValueSource(ints = {21610, 63014, 63033})
    void refuses_for_people_who_opted_out(int code) {
        assertThat(answered(400, code)).isEqualTo(new Refused("" + code, Reason.RECIPIENT_OPTED_OUT));
    }

    @ParameterizedTest
    @CsvSource({"401, 20003", "403, 20003", "403, 20005", "400, 30002"})
    void keeps_messages_until_the_account_is_in_order(int status, int code) {
        assertThat(answered(status, code)).isEqualTo(new TryLater("" + code, Reason.PROVIDER_CONFIGURATION, Pace.AWAY));
    }

    @ParameterizedTest
    @CsvSource({"429, 20429", "400, 30017", "400, 30022", "400, 63017", "400, 63018"})
    void comes_back_soon_to_a_busy_provider(int status, int code) {
        assertThat(answered(status, code)).isEqualTo(new TryLater("" + code, Reason.PROVIDER_BUSY, Pace.BUSY));
    }

    @ParameterizedTest
    @ValueSource(ints = {21611, 30001, 30003, 30023, 30027, 30450, 63038})
    void comes_back_much_later_for_what_takes_its_time(int code) {
        assertThat(answered(400, code)).isEqualTo(new TryLater("" + code, Reason.PROVIDER_BUSY, Pace.MUCH_LATER));
    }

    @ParameterizedTest
    @ValueSource(ints = {30008, 30410, 63009, 63012})
    void does_not_know_what_twilio_does_not_know(int code) {
        assertThat(answered(400, code)).isEqualTo(new Unknown("" + code));
    }

    @Test
    void never_takes_a_server_error_for_a_refusal_whatever_its_code() {
        IntStream.of(500, 502, 503, 504, 599)
                .forEach(status -> assertThat(answered(status, 21211)).isEqualTo(new Unknown("http_" + status)));
    }

    @Test
    void never_takes_for_twilio_what_is_not_its_json() {
        IntStream.of(200, 201, 204, 301, 302, 400, 404, 407, 408, 413, 418, 502)
                .forEach(status -> assertThat(answered(status, null)).isEqualTo(new Unknown("http_" + status)));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void is_shut_out_by_a_door_that_says_so_in_html(int status) {
        assertThat(answered(status, null))
                .isEqualTo(new TryLater("http_" + status, Reason.PROVIDER_CONFIGURATION, Pace.AWAY));
    }

    @Test
    void takes_too_many_requests_for_not_processed_even_from_a_proxy() {
        assertThat(TwilioAnswers.classify(429, null, Duration.ofSeconds(3)))
                .isEqualTo(new TryLater("http_429", Reason.PROVIDER_BUSY, Pace.BUSY, Duration.ofSeconds(3)));
    }

    @Test
    void takes_a_code_that_is_new_to_it_for_a_refusal() {
        assertThat(answered(400, 29999)).isEqualTo(new Refused("29999", Reason.REFUSED_BY_PROVIDER));
    }

    private static Outcome answered(int status, @Nullable Integer code) {
        return TwilioAnswers.classify(status, code, Duration.ZERO);
    }
}
