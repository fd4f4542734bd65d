package io.heliograph.bench.rig;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** What processes have used of the processors, as the system counts it. */
public final class Processors {
    private Processors() {}

    /** All of these together, by their ids, so far; one that has ended counts for nothing. */
    public static Duration used(Collection<Long> pids) {
        return pids.stream()
                .map(ProcessHandle::of)
                .flatMap(Optional::stream)
                .map(process -> process.info().totalCpuDuration())
                .flatMap(Optional::stream)
                .reduce(Duration.ZERO, Duration::plus);
    }
}
