package io.heliograph.bench.scenario;

import io.heliograph.bench.load.LoadResult;
import io.heliograph.bench.load.Pace;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** As much as a gateway can, and then how it answers at half of that, with an open loop. */
record MostAndHalf(LoadResult most, LoadResult half) {
    /** One load; {@code what} is told to whoever waits. */
    interface Measurement {
        LoadResult run(String what, Pace pace, Duration duration) throws IOException, SQLException;
    }

    static MostAndHalf of(Setting setting, int messagesPerRequest, Measurement measurement)
            throws IOException, SQLException {
        LoadResult _ = measurement.run("warming up", new Pace.AsFastAsAnswered(), setting.warmUp());
        LoadResult most = measurement.run("as fast as it can", new Pace.AsFastAsAnswered(), setting.duration());
        Pace half = new Pace.PerSecond(most.messagesPerSecond() / messagesPerRequest / 2);
        return new MostAndHalf(most, measurement.run("at half of that", half, setting.duration()));
    }
}
