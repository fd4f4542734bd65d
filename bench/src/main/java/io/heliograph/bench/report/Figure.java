package io.heliograph.bench.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that was measured.
 *
 * @param details further numbers by name, such as latencies; the name ends with the unit
 */
public record Figure(
        String scenario, String what, double measured, String unit, Asked asked, Map<String, Double> details) {
    public static Figure of(String scenario, String what, double measured, String unit, Asked asked) {
        return new Figure(scenario, what, measured, unit, asked, Map.of());
    }

    public Figure with(String name, double value) {
        Map<String, Double> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new Figure(scenario, what, measured, unit, asked, more);
    }
}
