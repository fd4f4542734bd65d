package io.heliograph.gateway.messages;

import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.messages.fields.MessageFields.Origin;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.Supplier;

/** Where new messages get their id and their time from. */
public record Origins(Supplier<UUID> ids, Clock clock) {
    public Origin next(Caller caller) {
        return new Origin(caller.accountId(), ids.get(), OffsetDateTime.now(clock), null);
    }

    /** Of a message that repeats another one. */
    public Origin nextFor(Caller caller, UUID replayOf) {
        return new Origin(caller.accountId(), ids.get(), OffsetDateTime.now(clock), replayOf);
    }
}
