package io.heliograph.worker.testing;

import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Ids;
import io.heliograph.testing.TestDatabase;
import io.heliograph.worker.ledger.ByIdConnections;
import io.heliograph.worker.ledger.ClaimStore;
import io.heliograph.worker.ledger.Claims;
import io.heliograph.worker.ledger.Ledger;
import io.heliograph.worker.ledger.Patience;
import io.heliograph.worker.ledger.RecordStore;
import io.heliograph.worker.ledger.ReplayStore;
import io.heliograph.worker.ledger.Verdict;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A ledger on a database of its own, with a lease of a minute. */
public final class LedgerBench implements AutoCloseable {
    public static final Duration LEASE = Duration.ofMinutes(1);
    public static final int CONNECTIONS = 8;

    public final DatabaseUrl database = TestDatabase.fresh();
    private final Vertx vertx = Vertx.vertx();
    private final Ids ids = new Ids();
    public final Messages messages = new Messages(database);
    public final FakeClocks clocks = new FakeClocks();
    public final Patience patience = new Patience();
    public final Pool pool = Database.pool(vertx, ByIdConnections.options(database, "test"), CONNECTIONS);
    public final Ledger ledger =
            new Ledger(new ClaimStore(pool, clocks, LEASE), new ReplayStore(pool), new RecordStore(pool), patience);

    public Claims claim(UUID... due) throws InterruptedException {
        return ledger.claim(List.of(due), "twilio", ids.get());
    }

    /** Claims one message, which must be there to send. */
    public Claims.ToSend claimOne(UUID id) throws InterruptedException {
        return claim(id).toSend().getFirst();
    }

    public int record(Verdict verdict) throws InterruptedException {
        return ledger.record(List.of(verdict));
    }

    /** On a thread that nobody interrupts. */
    public int recordAll(List<Verdict> verdicts) {
        try {
            return ledger.record(verdicts);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        messages.close();
        Void _ = pool.close().await(10, TimeUnit.SECONDS);
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }
}
