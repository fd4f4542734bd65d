package io.heliograph.bench.scenario;

import io.heliograph.bench.load.Load;
import io.heliograph.bench.load.LoadGenerator;
import io.heliograph.bench.load.LoadResult;
import io.heliograph.bench.load.Pace;
import io.heliograph.bench.load.Requests;
import io.heliograph.bench.rig.RunningProgram;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** Requests that make messages, on so many connections. */
record MessageLoad(Requests requests, int connections, Pace pace, Duration duration) {

    /** Fails where what was accepted is not in the database. */
    LoadResult on(RunningProgram gateway, Setting setting) throws IOException, SQLException {
        Load load = new Load(gateway.endpoints().http(), requests, connections, pace, duration);
        try (LoadGenerator generator = LoadGenerator.open(load)) {
            LoadResult result = generator.run();
            Stored.check(setting.rig().database(), result);
            return result;
        }
    }
}
