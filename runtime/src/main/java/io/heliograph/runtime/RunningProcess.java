package io.heliograph.runtime;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every process is made of, and how it ends: first its port for the operator, then its parts in their order, then its pools. */
public final class RunningProcess implements Main.Running {
    private static final Logger log = LoggerFactory.getLogger(RunningProcess.class);

    private final AdminServer adminServer;
    private final List<? extends AutoCloseable> parts;
    private final List<Pool> pools;

    /** Loops first, what they use after them. */
    public RunningProcess(AdminServer adminServer, List<? extends AutoCloseable> parts, List<Pool> pools) {
        this.adminServer = adminServer;
        this.parts = parts;
        this.pools = pools;
    }

    public int adminPort() {
        return adminServer.port();
    }

    @Override
    public Future<Void> stop() {
        return adminServer.stop().eventually(this::closeParts).eventually(() -> Database.close(pools));
    }

    /** On a thread of its own: they wait for rounds to end and for statements, which no thread of Vert.x may. */
    private Future<Void> closeParts() {
        Promise<Void> closed = Promise.promise();
        Thread.ofVirtual().name("close-parts").start(() -> {
            parts.forEach(RunningProcess::close);
            closed.complete();
        });
        return closed.future();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.atWarn().addKeyValue("error", Failures.describe(e)).log("Could not close a part, closing the others");
        }
    }
}
