package io.heliograph.relay.retention;

import java.time.Duration;

/**
 * How long what is kept for accounts that have set nothing else.
 *
 * @param messages from the day on which they were accepted. Defaults to 3650 days.
 * @param messageContent texts, numbers and whatever else an account has written into them. Defaults to the time of messages.
 * @param callbacks the bodies of receipts. Defaults to the time of messages.
 * @param inbound what people wrote. Defaults to 365 days.
 * @param notifications defaults to 3650 days.
 * @param events with the tries of their deliveries: whole days. Defaults to 7 days.
 * @param verifications defaults to 7 days.
 * @param idempotency keys. Defaults to 7 days.
 * @param appointments with all that was told of them, from the visit's end. Defaults to 400 days.
 */
public record KeptFor(
        Duration messages,
        Duration messageContent,
        Duration callbacks,
        Duration inbound,
        Duration notifications,
        Duration events,
        Duration verifications,
        Duration idempotency,
        Duration appointments) {

    public static final KeptFor USUAL = new KeptFor(
            Duration.ofDays(3650),
            Duration.ofDays(3650),
            Duration.ofDays(3650),
            Duration.ofDays(365),
            Duration.ofDays(3650),
            Duration.ofDays(7),
            Duration.ofDays(7),
            Duration.ofDays(7),
            Duration.ofDays(400));
}
