package io.heliograph.relay.publish;

import java.time.Duration;

/**
 * The bounds of publishing.
 *
 * @param lease how long a promise that was published once rests before it is due again; doubles with each publish.
 *     Defaults to 60 s.
 * @param leaseMax no lease is longer. Defaults to 10 min.
 * @param batch promises taken in one round. Defaults to 2,000.
 * @param highWaterMark envelopes on a queue from which on it is not fed: the backlog stays in the database, where lanes
 *     are decided and where it survives. Defaults to 200, which is 20,000 messages.
 * @param confirmDeadline how long the broker may take to confirm a round. Defaults to 5 s.
 */
public record PublishLimits(Duration lease, Duration leaseMax, int batch, int highWaterMark, Duration confirmDeadline) {
    public static final PublishLimits DEFAULTS =
            new PublishLimits(Duration.ofSeconds(60), Duration.ofMinutes(10), 2_000, 200, Duration.ofSeconds(5));
}
