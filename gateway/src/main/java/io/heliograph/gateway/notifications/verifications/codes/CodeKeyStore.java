package io.heliograph.gateway.notifications.verifications.codes;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The keys that the database has made. */
final class CodeKeyStore {
    /** The one in use, and the one before or after it. */
    record Read(Buffer current, @Nullable Buffer other) {}

    // The newest is told before its time has come, so that a code of a gateway that has begun to use it is good
    // everywhere.
    private static final String READ = """
        SELECT key FROM (SELECT * FROM verification_key ORDER BY id DESC LIMIT 2) AS newest
        ORDER BY used_from <= now() DESC, id DESC""";

    private final SqlClient client;

    CodeKeyStore(SqlClient client) {
        this.client = client;
    }

    Future<Read> read() {
        return client.preparedQuery(READ).execute().map(rows -> {
            Iterator<Row> newest = rows.iterator();
            Buffer current = newest.next().getBuffer("key");
            return new Read(current, newest.hasNext() ? newest.next().getBuffer("key") : null);
        });
    }
}
