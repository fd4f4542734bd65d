package io.heliograph.gateway.outbox;

import io.heliograph.gateway.outbox.AcceptIntent.Item;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Messages as the parameters of one statement: an array for each column, a place in it for each message. */
final class AcceptColumns {
    private static final String[] NOBODY = {};

    private AcceptColumns() {}

    static Tuple of(List<AcceptIntent> intents, Topics topics, ErasedPersons erased) {
        List<Item> items =
                intents.stream().flatMap(intent -> intent.items().stream()).toList();
        List<AcceptIntent.@Nullable Key> batchKeys = new ArrayList<>(items.size());
        intents.forEach(intent -> intent.items().forEach(item -> batchKeys.add(intent.batchKey())));
        UUID[] batchIds = intents.stream()
                .flatMap(intent -> Collections.nCopies(intent.items().size(), intent.batchId()).stream())
                .toArray(UUID[]::new);
        List<AcceptIntent> keyed =
                intents.stream().filter(intent -> intent.batchKey() != null).toList();
        return Tuple.tuple()
                .addArrayOfUUID(
                        column(items, UUID[]::new, item -> item.message().id()))
                .addArrayOfLong(
                        column(items, Long[]::new, item -> item.message().accountId()))
                .addArrayOfString(texts(items, item -> item.message().channel().word()))
                .addArrayOfString(texts(items, item -> item.message().lane().word()))
                .addArrayOfString(texts(items, item -> item.message().recipient()))
                .addArrayOfString(texts(items, item -> item.message().sender()))
                .addArrayOfString(texts(items, item -> item.message().body()))
                .addArrayOfString(texts(items, item -> encode(item.message().mediaUrls())))
                .addArrayOfInteger(
                        column(items, Integer[]::new, item -> item.message().segments()))
                .addArrayOfString(texts(items, item -> item.message().encoding()))
                .addArrayOfOffsetDateTime(column(
                        items, OffsetDateTime[]::new, item -> item.message().sendAt()))
                .addArrayOfLong(column(
                        items, Long[]::new, item -> item.message().validFor().toMillis()))
                .addArrayOfString(texts(items, item -> item.message().onUnknown()))
                .addArrayOfString(texts(items, item -> item.message().reference()))
                .addArrayOfString(texts(items, item -> encode(item.message().metadata())))
                .addArrayOfString(texts(
                        items, item -> item.key() == null ? null : item.key().value()))
                .addArrayOfBuffer(column(
                        items,
                        Buffer[]::new,
                        item -> item.key() == null ? null : item.key().requestHash()))
                .addArrayOfString(batchKeys.stream()
                        .map(key -> key == null ? null : key.value())
                        .toArray(String[]::new))
                .addArrayOfLong(keyed.stream().map(AcceptIntent::accountId).toArray(Long[]::new))
                .addArrayOfString(keyed.stream()
                        .map(AcceptIntent::batchKey)
                        .map(key -> key.value())
                        .toArray(String[]::new))
                .addArrayOfBuffer(keyed.stream()
                        .map(AcceptIntent::batchKey)
                        .map(key -> key.requestHash())
                        .toArray(Buffer[]::new))
                .addArrayOfBuffer(batchKeys.stream()
                        .map(key -> key == null ? null : key.requestHash())
                        .toArray(Buffer[]::new))
                .addArrayOfString(texts(items, item -> encode(item.message().content())))
                .addArrayOfUUID(
                        column(items, UUID[]::new, item -> item.message().replayOf()))
                .addArrayOfString(texts(items, item -> topics.of(item.message())))
                .addArrayOfOffsetDateTime(column(
                        items, OffsetDateTime[]::new, item -> item.message().estimatedSendAt()))
                .addArrayOfString(
                        texts(items, item -> encode(item.message().recourse().retry())))
                .addArrayOfString(texts(items, item -> item.message().recourse().onUndelivered()))
                .addArrayOfString(
                        texts(items, item -> encode(item.message().recourse().fallback())))
                .addArrayOfString(texts(items, item -> item.message().twilio().statusCallback()))
                .addArrayOfString(texts(items, item -> item.message().twilio().messagingServiceSid()))
                .addArrayOfUUID(batchIds)
                .addArrayOfUUID(told(items, UUID[]::new, NewMessage.Told::notificationId))
                .addArrayOfString(told(items, String[]::new, NewMessage.Told::userId))
                .addArrayOfString(told(items, String[]::new, NewMessage.Told::type))
                .addArrayOfString(told(items, String[]::new, NewMessage.Told::variant))
                .addArrayOfString(told(items, String[]::new, NewMessage.Told::purpose))
                .addArrayOfString(
                        erased.areThereAny() ? texts(items, item -> persons(item.message(), erased)) : NOBODY);
    }

    /** The hashes of all whom it may reach, with spaces between. */
    private static @Nullable String persons(NewMessage message, ErasedPersons erased) {
        JsonArray fallback = message.recourse().fallback();
        Stream<String> others =
                fallback == null ? Stream.empty() : fallback.stream().map(next -> ((JsonObject) next).getString("to"));
        Set<String> addresses =
                Stream.concat(Stream.of(message.recipient()), others).collect(Collectors.toSet());
        return erased.hashes(message.accountId(), addresses);
    }

    private static <T> T[] column(List<Item> items, IntFunction<T[]> array, Function<Item, @Nullable T> value) {
        T[] column = array.apply(items.size());
        IntStream.range(0, column.length).forEach(i -> column[i] = value.apply(items.get(i)));
        return column;
    }

    private static <T> T[] told(
            List<Item> items, IntFunction<T[]> array, Function<NewMessage.Told, @Nullable T> value) {
        return column(items, array, item -> {
            NewMessage.Told told = item.message().told();
            return told == null ? null : value.apply(told);
        });
    }

    private static String[] texts(List<Item> items, Function<Item, @Nullable String> value) {
        return column(items, String[]::new, value);
    }

    private static @Nullable String encode(@Nullable JsonArray array) {
        return array == null ? null : array.encode();
    }

    private static @Nullable String encode(@Nullable JsonObject object) {
        return object == null ? null : object.encode();
    }
}
