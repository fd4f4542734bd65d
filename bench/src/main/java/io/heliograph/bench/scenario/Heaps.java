package io.heliograph.bench.scenario;

import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import io.heliograph.bench.rig.GcLog;
import io.heliograph.bench.rig.RunningProgram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How much memory our processes held under the load of a scenario. */
final class Heaps {
    private static final double MEGABYTES_MAX = 512;

    private Heaps() {}

    static List<Figure> figures(String scenario, RunningProgram... programs) throws IOException {
        List<Figure> figures = new ArrayList<>();
        for (RunningProgram program : programs) {
            figures.add(Figure.of(
                            scenario,
                            "heap of " + program.program().word() + " after GC, most",
                            GcLog.heapAfterMegabytesMax(program.gcLog()),
                            "MiB",
                            new Asked.AtMost(MEGABYTES_MAX))
                    .with("at_the_end_mib", GcLog.heapAfterMegabytesLately(program.gcLog())));
        }
        return figures;
    }
}
