package io.heliograph.bench.scenario;

import io.heliograph.bench.load.LoadResult;
import io.heliograph.bench.rig.Database;
import java.io.IOException;
import java.sql.SQLException;

/** A fast answer that stores nothing is worth nothing: every accepted message must be in the database. */
final class Stored {
    private Stored() {}

    static void check(Database database, LoadResult result) throws IOException, SQLException {
        long stored = database.number("SELECT count(*) FROM message");
        long unanswered = result.broken() * result.messagesPerRequest();
        if (stored < result.messages() || stored > result.messages() + unanswered) {
            throw new IOException("Accepted " + result.messages() + " messages, but " + stored + " are stored");
        }
    }
}
