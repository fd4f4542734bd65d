package io.heliograph.bench.workers;

import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import io.heliograph.bench.scenario.Scenario;
import io.heliograph.bench.scenario.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether a provider's limit holds whatever the fleet does, and whether it is used: one worker, two, four and eight, then
 * some that leave, freeze and die, before a backlog that never runs dry.
 */
public final class FleetLimits implements Scenario {
    private static final String NAME = "limits";
    private static final List<Integer> PER_SECOND = List.of(10, 100, 1_000);
    private static final double UTILISATION_PERCENT_MIN = 97;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean usesBroker() {
        return true;
    }

    @Override
    public boolean isLong() {
        return true;
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (int perSecond : PER_SECOND) {
            figures.addAll(figures(perSecond, LimitTrial.run(setting, NAME, perSecond)));
        }
        return figures;
    }

    private static List<Figure> figures(int perSecond, LimitTrial.Result result) {
        double least = result.utilisationPercent().values().stream()
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(0);
        Figure used = Figure.of(
                NAME,
                perSecond + "/s: used, least of any phase",
                least,
                "%",
                new Asked.AtLeast(UTILISATION_PERCENT_MIN));
        for (Map.Entry<String, Double> phase : result.utilisationPercent().entrySet()) {
            used = used.with(phase.getKey() + "_percent", phase.getValue());
        }
        return List.of(
                Figure.of(
                                NAME,
                                perSecond + "/s: most in any second, give or take 20 ms",
                                result.peakWithoutJitter(),
                                "msg",
                                new Asked.AtMost(perSecond))
                        .with("in_1000_ms", (double) result.peakPerSecond())
                        .with("messages", (double) result.messages())
                        .with("seconds", result.seconds())
                        .with("workers_max", (double) result.workersMax()),
                used,
                Figure.of(
                        NAME,
                        perSecond + "/s: messages sent twice",
                        (double) result.sentTwice(),
                        "msg",
                        new Asked.AtMost(0)));
    }
}
