package io.heliograph.bench.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** A report as a program reads it. */
public final class ReportJson {
    private ReportJson() {}

    public static JsonObject render(Report report) {
        JsonArray figures = new JsonArray();
        report.figures().forEach(figure -> figures.add(figure(report, figure)));
        Machine machine = report.machine();
        return new JsonObject()
                .put(
                        "machine",
                        new JsonObject()
                                .put("processor", machine.processor())
                                .put("cores", machine.cores())
                                .put("memory", machine.memory())
                                .put("system", machine.system())
                                .put("java", machine.jdk())
                                .put("disk", machine.disk()))
                .put("versions", new JsonObject(Map.copyOf(report.versions())))
                .put("yardsticks", yardsticks(report.yardsticks()))
                .put("figures", figures);
    }

    private static JsonObject yardsticks(Yardsticks yardsticks) {
        return new JsonObject()
                .put("y_tps", yardsticks.y())
                .put("pgbench_tps", new JsonArray(yardsticks.transactionsPerSecond()))
                .put("pgbench_spread_percent", Yardsticks.spreadPercent(yardsticks.transactionsPerSecond()))
                .put("perf_test_per_second", new JsonArray(yardsticks.brokerMessagesPerSecond()))
                .put("perf_test_spread_percent", Yardsticks.spreadPercent(yardsticks.brokerMessagesPerSecond()));
    }

    private static JsonObject figure(Report report, Figure figure) {
        JsonObject details = new JsonObject();
        figure.details().forEach(details::put);
        JsonObject json = new JsonObject()
                .put("scenario", figure.scenario())
                .put("figure", figure.what())
                .put("measured", figure.measured())
                .put("unit", figure.unit())
                .put("details", details);
        if (figure.asked() instanceof Asked.TimesY) {
            json.put("times_y", figure.measured() / report.yardsticks().y());
        }
        return figure.asked() instanceof Asked.Nothing
                ? json
                : json.put("asked", figure.asked().text()).put("met", report.isMet(figure));
    }
}
