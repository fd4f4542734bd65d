package io.heliograph.bench.scenario;

import io.heliograph.bench.report.Figure;
import java.util.List;

/** One situation whose speed matters. */
public interface Scenario {
    /** For {@code --only}. */
    String name();

    boolean usesBroker();

    /** Too long for a run of everything. */
    default boolean isLong() {
        return false;
    }

    /** Starts what it needs on an empty database, measures, and stops it. Fails only when something broke. */
    List<Figure> run(Setting setting) throws Exception;
}
