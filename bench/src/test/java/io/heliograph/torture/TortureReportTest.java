package io.heliograph.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.torture.audit.Result;
import io.heliograph.torture.brownout.Brownout;
import io.heliograph.torture.brownout.Endured;
import io.heliograph.torture.brownout.Trouble;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TortureReportTest {
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofSeconds(2);

    @ParameterizedTest
    @EnumSource(names = {"SLOW_503", "BLACK_HOLE", "SLOWDOWN"})
    void is_not_clean_when_traffic_stayed_with_a_provider_that_was_out_and_nobody_was_struck(Trouble trouble) {
        TortureReport report = report(true, endured(trouble, LONG, null));

        assertThat(report.isClean()).isFalse();
        assertThat(report.render()).contains("DID NOT MOVE", trouble.word());
    }

    @Test
    void is_clean_when_traffic_moved() {
        assertThat(report(true, endured(Trouble.BLACK_HOLE, LONG, SHORT)).isClean())
                .isTrue();
    }

    @Test
    void does_not_ask_traffic_to_move_within_a_moment_nor_from_who_only_asks_to_go_slower() {
        assertThat(report(true, endured(Trouble.SPIKE, SHORT, null)).isClean()).isTrue();
        assertThat(report(true, endured(Trouble.LIMIT, LONG, null)).isClean()).isTrue();
    }

    @Test
    void does_not_ask_traffic_to_move_where_there_is_nobody_to_move_to() {
        Brownout brownout = new Brownout(Duration.ofSeconds(2), LONG, Trouble.BLACK_HOLE);

        assertThat(report(true, new Endured(brownout, "twilio", SHORT, null, null, 90))
                        .isClean())
                .isTrue();
    }

    @Test
    void does_not_ask_traffic_to_move_while_whoever_would_move_it_is_struck() {
        assertThat(report(false, endured(Trouble.BLACK_HOLE, LONG, null)).isClean())
                .isTrue();
    }

    private static Endured endured(Trouble trouble, Duration lasting, @Nullable Duration moved) {
        return new Endured(new Brownout(Duration.ofSeconds(2), lasting, trouble), "twilio", lasting, moved, null, 90);
    }

    private static TortureReport report(boolean calm, Endured endured) {
        Result result = new Result(0, Map.of(), 0, Map.of(), 0, 0, List.of(), List.of());
        return new TortureReport(
                1, calm, result, List.of(), List.of(endured), 0, List.of(), 0, true, SHORT, Path.of("logs"));
    }
}
