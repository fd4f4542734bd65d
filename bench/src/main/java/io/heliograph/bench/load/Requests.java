package io.heliograph.bench.load;

import java.nio.ByteBuffer;

/** An endless row of HTTP requests, none like the other, rendered beforehand but for a number. */
public interface Requests {
    /** Writes the next whole request. */
    void next(ByteBuffer out);

    /** How many messages each request holds. */
    int messagesPerRequest();

    /** The status of an answer that says yes. */
    int acceptedStatus();

    /** Where not every request is answered alike. */
    default boolean accepts(int status) {
        return status == acceptedStatus();
    }
}
