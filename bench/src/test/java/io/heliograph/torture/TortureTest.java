package io.heliograph.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.torture.audit.Verdict;
import io.heliograph.torture.brownout.Trouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The short form of {@code ./heliograph torture}; the long one finds more. Whether traffic moves in a brown-out of seconds, while
 * whoever would move it is killed and frozen, is no promise: {@code --calm} shows that.
 */
@Tag("torture")
class TortureTest {
    private static final Logger log = LoggerFactory.getLogger(TortureTest.class);
    /** Within the time it kills a process of each kind, PostgreSQL and the broker, which it wipes, and freezes some. */
    private static final long SEED = 99_234;

    @Test
    void loses_nothing_and_sends_nothing_twice_while_everything_is_killed_and_frozen() throws Exception {
        TortureOptions options = new TortureOptions(false, 15, SEED, 2, 1, 2, false, false);

        TortureReport report = TortureRun.run(options, line -> log.atInfo().log(line));
        report.render().lines().forEach(line -> log.atInfo().log(line));

        assertThat(report.isClean()).as(report::render).isTrue();
        assertThat(report.result().accepted()).isGreaterThan(1_000);
        assertThat(report.result().count(Verdict.DELIVERED)).isPositive();
        assertThat(report.survived()).isNotEmpty();
        assertThat(report.brownouts())
                .extracting(one -> one.brownout().trouble())
                .containsExactlyInAnyOrder(Trouble.values());
    }
}
