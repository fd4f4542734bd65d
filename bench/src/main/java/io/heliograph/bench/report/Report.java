package io.heliograph.bench.report;

import java.util.List;
import java.util.Map;

/** A whole run. {@code versions} are those of what was measured with, by name. */
public record Report(Machine machine, Map<String, String> versions, Yardsticks yardsticks, List<Figure> figures) {
    public boolean isMet(Figure figure) {
        return figure.asked().isMetBy(figure.measured(), yardsticks.y());
    }
}
