package io.heliograph.runtime;

import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** What a command tells a person whose database it could not use. Never its password, and no data of a row. */
public final class DatabaseFailure {
    /** Causes of causes that are looked at. */
    private static final int CAUSES_MAX = 8;

    private static final String WHAT_TO_DO = "Is it running, and is this where HELIOGRAPH_DATABASE_URL should lead?";

    private DatabaseFailure() {}

    /** Where the database was looked for, what became of it and what to do; of any other failure its types alone. */
    public static String words(DatabaseUrl url, Throwable failure) {
        String where = url.host() + ":" + url.port() + "/" + url.database();
        return switch (known(failure)) {
            case Database.SchemaTooOldException tooOld -> String.valueOf(tooOld.getMessage());
            case Database.LoginRefusedException refused -> where + ": " + refused.getMessage();
            case UnknownHostException _ -> unreachable(where, "its host is not known");
            // What the system says of a connection is about its address, and holds nothing of what went over it.
            case SocketException away -> unreachable(where, String.valueOf(away.getMessage()));
            case TimeoutException _ -> "the database " + where + " does not answer in time. " + WHAT_TO_DO;
            default -> where + ": " + Failures.describe(failure);
        };
    }

    private static String unreachable(String where, String why) {
        return "the database " + where + " cannot be reached: " + why + ". " + WHAT_TO_DO;
    }

    /** The first of its causes that has words of its own; the failure itself where none has. */
    private static Throwable known(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(CAUSES_MAX)
                .filter(cause -> cause instanceof Database.SchemaTooOldException
                        || cause instanceof Database.LoginRefusedException
                        || cause instanceof SocketException
                        || cause instanceof UnknownHostException
                        || cause instanceof TimeoutException)
                .findFirst()
                .orElse(failure);
    }
}
