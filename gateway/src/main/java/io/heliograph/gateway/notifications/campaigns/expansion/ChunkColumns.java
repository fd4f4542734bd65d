package io.heliograph.gateway.notifications.campaigns.expansion;

import io.heliograph.contract.Lane;
import io.heliograph.gateway.notifications.campaigns.expansion.PlanChunk.Planned;
import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.outbox.Topics;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a chunk and those who get none as parameters of one statement: an array for each column.
 *
 * @param messages in the bulk lane
 * @param hashes of whom they would reach; empty where nobody was ever erased
 */
record ChunkColumns(List<Told> messages, List<String> topics, List<String> hashes, Map<Integer, Reason> skipped) {
    /** A message, and whose. */
    record Told(Recipient recipient, NewMessage message) {}

    static ChunkColumns of(List<Told> messages, Map<Integer, Reason> skipped, Topics topics, ErasedPersons erased) {
        List<String> hashes = erased.areThereAny()
                ? messages.stream()
                        .map(Told::message)
                        .map(message -> erased.hash(message.accountId(), message.recipient()))
                        .toList()
                : List.of();
        return new ChunkColumns(
                messages,
                messages.stream().map(told -> topics.of(told.message())).toList(),
                hashes,
                skipped);
    }

    static Told told(Planned planned, NewMessage message) {
        return new Told(planned.recipient(), message.in(Lane.BULK));
    }

    /** The same for all. */
    long validForMillis() {
        return messages.isEmpty() ? 0 : messages.getFirst().message().validFor().toMillis();
    }

    Tuple addTo(Tuple parameters) {
        return parameters
                .addArrayOfInteger(
                        column(Integer[]::new, told -> told.recipient().n()))
                .addArrayOfUUID(column(UUID[]::new, told -> told.message().id()))
                .addArrayOfString(texts(told -> told.message().recipient()))
                .addArrayOfString(texts(told -> told.message().sender()))
                .addArrayOfString(texts(told -> told.message().body()))
                .addArrayOfString(texts(told -> content(told.message())))
                .addArrayOfInteger(column(Integer[]::new, told -> told.message().segments()))
                .addArrayOfString(texts(told -> told.message().encoding()))
                .addArrayOfOffsetDateTime(
                        column(OffsetDateTime[]::new, told -> told.message().sendAt()))
                .addArrayOfOffsetDateTime(
                        column(OffsetDateTime[]::new, told -> told.message().estimatedSendAt()))
                .addArrayOfString(texts(told -> told.recipient().user()))
                .addArrayOfString(texts(told -> variant(told.message())))
                .addArrayOfString(topics.toArray(String[]::new))
                .addArrayOfString(hashes.toArray(String[]::new))
                .addArrayOfInteger(skipped.keySet().toArray(Integer[]::new))
                .addArrayOfString(skipped.values().stream().map(Reason::word).toArray(String[]::new));
    }

    private static @Nullable String content(NewMessage message) {
        return message.content() == null ? null : message.content().encode();
    }

    private static @Nullable String variant(NewMessage message) {
        return message.told() == null ? null : message.told().variant();
    }

    private String[] texts(Function<Told, @Nullable String> value) {
        return column(String[]::new, value);
    }

    private <T> T[] column(IntFunction<T[]> array, Function<Told, @Nullable T> value) {
        return messages.stream().map(value).toArray(array);
    }
}
