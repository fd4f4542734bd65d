package io.heliograph.runtime;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells failures apart without ever repeating their data: a database's detail text can quote a row. */
public final class Failures {
    private static final Set<String> CONFLICT_STATES = Set.of("40001", "40P01", "55P03");
    private static final Set<String> OUTAGE_CLASSES = Set.of("08", "53", "57", "58");
    private static final Set<String> SHUTDOWN_STATES = Set.of("57P01", "57P02");
    /** Causes of causes that are told; a chain that bites its own tail ends there too. */
    private static final int CAUSES_MAX = 8;

    private Failures() {}

    /** The type and, of PostgreSQL, the state: enough to look it up, and free of personal data. */
    public static String describe(Throwable failure) {
        return chain(failure).map(Failures::describeAlone).collect(Collectors.joining(" from "));
    }

    /**
     * The same failure with its stack and without its messages, for the log: a message may quote what it choked on, and
     * that may be a person's number or text.
     */
    public static Throwable withoutMessages(Throwable failure) {
        MessageWithheldException bare = new MessageWithheldException(describe(failure));
        bare.setStackTrace(failure.getStackTrace());
        return bare;
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(CAUSES_MAX);
    }

    private static String describeAlone(Throwable failure) {
        if (failure instanceof PgException pg) {
            return "PgException " + pg.getSqlState()
                    + (pg.getConstraint() == null ? "" : " (" + pg.getConstraint() + ")");
        }
        return failure.getClass().getSimpleName();
    }

    /** Stands in a log for a failure of another type, which its message names. */
    private static final class MessageWithheldException extends Exception {
        private static final long serialVersionUID = 1L;

        MessageWithheldException(String description) {
            super(description);
        }
    }

    /** The database is away, restarting or overloaded: the same statement may work in a moment. */
    public static boolean isOutage(Throwable failure) {
        if (failure instanceof PgException pg) {
            String state = pg.getSqlState();
            // Connection, resources, operator's doing and statement time-out, system, and a primary that became a
            // standby.
            return state == null || OUTAGE_CLASSES.contains(state.substring(0, 2)) || state.equals("25006");
        }
        return failure instanceof IOException
                || failure instanceof ClosedConnectionException
                || failure instanceof TimeoutException
                || failure instanceof VertxException;
    }

    /**
     * Of a single statement: whether it is certain that it did nothing, because it never left or was answered with an error. A
     * database that is shut down in the middle of a commit answers too, and is not believed.
     */
    public static boolean storedNothing(Throwable failure) {
        return failure instanceof ConnectException
                || (failure instanceof PgException pg
                        && pg.getSqlState() != null
                        && !SHUTDOWN_STATES.contains(pg.getSqlState()));
    }

    /** A deadlock, a serialization failure or a lock time-out: the statement did nothing and may be repeated at once. */
    public static boolean isConflict(Throwable failure) {
        return failure instanceof PgException pg && CONFLICT_STATES.contains(pg.getSqlState());
    }
}
