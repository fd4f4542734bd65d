package io.heliograph.gateway.outbox;

import io.heliograph.gateway.outbox.AcceptIntent.Item;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Messages as the parameters of one statement: an array for each column, a place in it for each message. */
final class AcceptColumns {
    /** A column that is null everywhere. */
    private static final String[] NO_TEXTS = {};

    private static final Buffer[] NO_BYTES = {};
    private static final UUID[] NO_IDS = {};

    private AcceptColumns() {}

    /** With their keys, and those of whole batches. */
    static Tuple withKeys(List<AcceptIntent> intents, Topics topics, ErasedPersons erased) {
        List<Item> items =
                intents.stream().flatMap(intent -> intent.items().stream()).toList();
        List<AcceptIntent> intentOfItem = new ArrayList<>(items.size());
        intents.forEach(intent -> intent.items().forEach(_ -> intentOfItem.add(intent)));
        List<AcceptIntent> keyed =
                intents.stream().filter(intent -> intent.batchKey() != null).toList();
        UUID[] batchIds = Columns.of(intentOfItem, UUID[]::new, AcceptIntent::batchId);
        return messages(items.stream().map(Item::message).toList(), batchIds, topics, erased)
                .addArrayOfString(Columns.of(items, String[]::new, item -> value(item.key())))
                .addArrayOfBuffer(Columns.of(items, Buffer[]::new, item -> hash(item.key())))
                .addArrayOfString(Columns.of(intentOfItem, String[]::new, intent -> value(intent.batchKey())))
                .addArrayOfBuffer(Columns.of(intentOfItem, Buffer[]::new, intent -> hash(intent.batchKey())))
                .addArrayOfLong(Columns.of(keyed, Long[]::new, AcceptIntent::accountId))
                .addArrayOfString(Columns.of(keyed, String[]::new, intent -> value(intent.batchKey())))
                .addArrayOfBuffer(Columns.of(keyed, Buffer[]::new, intent -> hash(intent.batchKey())));
    }

    static Tuple withoutKeys(List<NewMessage> messages, Topics topics, ErasedPersons erased) {
        return messages(messages, NO_IDS, topics, erased)
                .addArrayOfString(NO_TEXTS)
                .addArrayOfBuffer(NO_BYTES)
                .addArrayOfString(NO_TEXTS)
                .addArrayOfBuffer(NO_BYTES);
    }

    private static Tuple messages(List<NewMessage> messages, UUID[] batchIds, Topics topics, ErasedPersons erased) {
        return Tuple.tuple()
                .addArrayOfUUID(Columns.of(messages, UUID[]::new, NewMessage::id))
                .addArrayOfLong(Columns.of(messages, Long[]::new, NewMessage::accountId))
                .addArrayOfString(texts(messages, message -> message.channel().word()))
                .addArrayOfString(texts(messages, message -> message.lane().word()))
                .addArrayOfString(texts(messages, NewMessage::recipient))
                .addArrayOfString(texts(messages, NewMessage::sender))
                .addArrayOfString(texts(messages, NewMessage::body))
                .addArrayOfString(texts(messages, message -> encode(message.mediaUrls())))
                .addArrayOfInteger(Columns.of(messages, Integer[]::new, NewMessage::segments))
                .addArrayOfString(texts(messages, NewMessage::encoding))
                .addArrayOfOffsetDateTime(Columns.of(messages, OffsetDateTime[]::new, NewMessage::sendAt))
                .addArrayOfLong(Columns.of(
                        messages, Long[]::new, message -> message.validFor().toMillis()))
                .addArrayOfString(texts(messages, NewMessage::onUnknown))
                .addArrayOfString(texts(messages, NewMessage::reference))
                .addArrayOfString(texts(messages, message -> encode(message.metadata())))
                .addArrayOfString(texts(messages, message -> encode(message.content())))
                .addArrayOfUUID(Columns.of(messages, UUID[]::new, NewMessage::replayOf))
                .addArrayOfString(texts(messages, topics::of))
                .addArrayOfOffsetDateTime(Columns.of(messages, OffsetDateTime[]::new, NewMessage::estimatedSendAt))
                .addArrayOfString(
                        texts(messages, message -> encode(message.recourse().retry())))
                .addArrayOfString(texts(messages, message -> message.recourse().onUndelivered()))
                .addArrayOfString(
                        texts(messages, message -> encode(message.recourse().fallback())))
                .addArrayOfString(texts(messages, message -> message.twilio().statusCallback()))
                .addArrayOfString(texts(messages, message -> message.twilio().messagingServiceSid()))
                .addArrayOfUUID(batchIds)
                .addArrayOfUUID(told(messages, UUID[]::new, NewMessage.Told::notificationId))
                .addArrayOfString(told(messages, String[]::new, NewMessage.Told::userId))
                .addArrayOfString(told(messages, String[]::new, NewMessage.Told::type))
                .addArrayOfString(told(messages, String[]::new, NewMessage.Told::variant))
                .addArrayOfString(told(messages, String[]::new, NewMessage.Told::purpose))
                .addArrayOfString(
                        erased.areThereAny() ? texts(messages, message -> persons(message, erased)) : NO_TEXTS);
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

    private static <T> T[] told(
            List<NewMessage> messages, IntFunction<T[]> array, Function<NewMessage.Told, @Nullable T> value) {
        return Columns.of(messages, array, message -> {
            NewMessage.Told told = message.told();
            return told == null ? null : value.apply(told);
        });
    }

    private static String[] texts(List<NewMessage> messages, Function<NewMessage, @Nullable String> value) {
        return Columns.of(messages, String[]::new, value);
    }

    private static @Nullable String value(AcceptIntent.@Nullable Key key) {
        return key == null ? null : key.value();
    }

    private static @Nullable Buffer hash(AcceptIntent.@Nullable Key key) {
        return key == null ? null : key.requestHash();
    }

    private static @Nullable String encode(@Nullable JsonArray array) {
        return array == null ? null : array.encode();
    }

    private static @Nullable String encode(@Nullable JsonObject object) {
        return object == null ? null : object.encode();
    }
}
