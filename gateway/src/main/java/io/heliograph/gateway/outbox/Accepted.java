package io.heliograph.gateway.outbox;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** What became of an intent: nothing at all (its batch key stands for another batch), or an answer for each item. */
public sealed interface Accepted {
    /** The batch key was used for a different batch; nothing was stored. */
    record BatchKeyReused() implements Accepted {}

    /** One answer for each item, in their order; {@code replayed} when the batch as a whole had been accepted before. */
    record Answered(List<ItemAnswer> items, boolean replayed) implements Accepted {}

    /** What became of one item. */
    sealed interface ItemAnswer {}

    /** Stored now, durably. */
    record Stored(NewMessage message, OffsetDateTime createdAt) implements ItemAnswer {}

    /** Accepted before under the same key: the first answer stands. */
    record Replayed(UUID firstId) implements ItemAnswer {}

    /** The key was used for something else; nothing was stored. */
    record KeyReused() implements ItemAnswer {}

    /** The recipient wants no messages from this sender; nothing was stored, and the key is free. */
    record OptedOut() implements ItemAnswer {}

    /** The key was used, and the database could not say for what; nothing was stored. */
    record KeyUnknown(Throwable cause) implements ItemAnswer {}
}
