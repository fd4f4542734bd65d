package io.heliograph.bench.report;

import com.google.errorprone.annotations.FormatMethod;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report as a person reads it in a terminal. */
public final class ReportTable {
    private static final String ROW = "%-11s %-36s %12s %12s %-8s %8s  %-5s%n";

    private ReportTable() {}

    public static String render(Report report) {
        StringBuilder out = new StringBuilder();
        Machine machine = report.machine();
        line(
                out,
                "%s, %d cores, %s, %s, %s; data on %s",
                machine.processor(),
                machine.cores(),
                machine.memory(),
                machine.system(),
                machine.jdk(),
                machine.disk());
        line(
                out,
                "%s",
                report.versions().entrySet().stream()
                        .map(version -> version.getKey() + " " + version.getValue())
                        .collect(Collectors.joining(", ")));
        line(out, "");
        yardstick(
                out,
                "Y: pgbench, 32 clients, message + promise",
                report.yardsticks().transactionsPerSecond(),
                "tx/s");
        yardstick(out, "RabbitMQ PerfTest with confirms", report.yardsticks().brokerMessagesPerSecond(), "msg/s");
        line(out, "");
        out.append(String.format(Locale.ROOT, ROW, "scenario", "figure", "asked", "measured", "", "x Y", ""));
        report.figures().forEach(figure -> row(out, report, figure));
        return out.toString();
    }

    private static void yardstick(StringBuilder out, String name, List<Double> values, String unit) {
        if (!values.isEmpty()) {
            line(
                    out,
                    "%-44s %10.0f %s (%s; spread %.0f %%)",
                    name,
                    Yardsticks.mean(values),
                    unit,
                    values.stream()
                            .map(value -> String.format(Locale.ROOT, "%.0f", value))
                            .collect(Collectors.joining(", ")),
                    Yardsticks.spreadPercent(values));
        }
    }

    private static void row(StringBuilder out, Report report, Figure figure) {
        boolean rate = figure.asked() instanceof Asked.TimesY;
        String verdict = figure.asked() instanceof Asked.Nothing ? "" : report.isMet(figure) ? "pass" : "MISS";
        out.append(String.format(
                Locale.ROOT,
                ROW,
                figure.scenario(),
                figure.what(),
                figure.asked().text(),
                number(figure.measured()),
                figure.unit(),
                rate
                        ? String.format(
                                Locale.ROOT,
                                "%.2f",
                                figure.measured() / report.yardsticks().y())
                        : "",
                verdict));
        if (!figure.details().isEmpty()) {
            line(
                    out,
                    "%-11s   %s",
                    "",
                    figure.details().entrySet().stream()
                            .map(detail -> detail.getKey() + " " + number(detail.getValue()))
                            .collect(Collectors.joining(", ")));
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.2f", value);
    }

    @FormatMethod
    private static void line(StringBuilder out, String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments)).append(System.lineSeparator());
    }
}
