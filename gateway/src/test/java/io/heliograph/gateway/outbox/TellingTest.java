package io.heliograph.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.Ids;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages with what they tell of, of several users in one statement. */
class TellingTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Pool POOL = Database.pool(VERTX, TestDatabase.fresh(), "test", 2);
    private static final long ACCOUNT = 7;
    private static final String REACHED = "+15005550010";
    private static final String OPTED_OUT = "+15005550011";
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

    private final Ids ids = new Ids();

    @BeforeEach
    void empty() throws Exception {
        for (String table : List.of("message", "outbox", "idempotency", "notification", "inbox_item", "suppression")) {
            execute("DELETE FROM " + table);
        }
        execute("INSERT INTO suppression (account_id, channel, person, sender, changed_by) VALUES (7, 'sms', '"
                + OPTED_OUT + "', '', 'account')");
    }

    @AfterAll
    static void close() throws Exception {
        VERTX.close().await(5, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stores_each_notification_whose_key_is_free_with_its_messages_and_what_it_leaves_in_the_inbox(boolean inbox)
            throws Exception {
        NewNotification earlier = notification("taken", inbox);
        Set<UUID> _ = tell(List.of(of(earlier, REACHED)), List.of(earlier));
        NewNotification taken = notification("taken", inbox);
        NewNotification free = notification("free", inbox);
        NewNotification toNobody = notification(null, inbox);
        NewMessage again = of(taken, REACHED);
        NewMessage told = of(free, REACHED);
        NewMessage untold = of(toNobody, OPTED_OUT);

        Set<UUID> stored = tell(List.of(again, told, untold), List.of(taken, free, toNobody));

        assertThat(stored).containsExactlyInAnyOrder(told.id(), free.id(), toNobody.id());
        assertThat(texts(
                        "SELECT id::text FROM message JOIN outbox ON message_id = id WHERE notification_id <> $1",
                        earlier))
                .containsExactly(told.id().toString());
        assertThat(texts("SELECT outcomes::text FROM notification WHERE id = $1", free))
                .containsExactly("{\"sms\": {\"status\": \"accepted\"}}");
        assertThat(texts("SELECT outcomes::text FROM notification WHERE id = $1", toNobody))
                .containsExactly("{\"sms\": {\"reason\": \"recipient_opted_out\", \"status\": \"skipped\"}}");
        assertThat(texts("SELECT id::text FROM notification WHERE id = $1", taken))
                .isEmpty();
        assertThat(texts("SELECT notification_id::text FROM inbox_item WHERE notification_id <> $1", earlier))
                .containsExactlyInAnyOrderElementsOf(
                        inbox ? List.of(free.id().toString(), toNobody.id().toString()) : List.of());
    }

    @Test
    void stores_messages_of_a_notification_that_is_there_but_for_whoever_has_opted_out() throws Exception {
        NewNotification there = notification(null, false);
        Set<UUID> _ = tell(List.of(), List.of(there));
        NewMessage told = of(there, REACHED);

        Set<UUID> stored = AcceptStore.tell(
                        POOL, List.of(told, of(there, OPTED_OUT)), Topics.UNROUTED, ErasedPersons.NONE)
                .await(5, TimeUnit.SECONDS)
                .keySet();

        assertThat(stored).containsExactly(told.id());
        assertThat(texts(
                        "SELECT id::text FROM message JOIN outbox ON message_id = id WHERE notification_id = $1",
                        there))
                .containsExactly(told.id().toString());
    }

    @Test
    void a_channel_was_told_by_when_one_of_its_addresses_could_be() throws Exception {
        NewNotification one = notification(null, false);
        NewMessage told = of(one, REACHED);

        Set<UUID> stored = tell(List.of(of(one, OPTED_OUT), told), List.of(one));

        assertThat(stored).containsExactlyInAnyOrder(told.id(), one.id());
        assertThat(texts("SELECT outcomes::text FROM notification WHERE id = $1", one))
                .containsExactly("{\"sms\": {\"status\": \"accepted\"}}");
    }

    @Test
    void every_statement_names_as_many_parameters_as_it_gets() {
        NewNotification notification = notification("key", true);
        Tuple messages = AcceptColumns.withoutKeys(List.of(), Topics.UNROUTED, ErasedPersons.NONE);

        assertThat(parameters(AcceptStatements.TELL)).isEqualTo(messages.size());
        assertThat(parameters(AcceptStatements.NOTIFY))
                .isEqualTo(
                        NotificationColumns.add(messages, List.of(notification)).size());
        assertThat(parameters(AcceptStatements.NOTIFY_WITH_INBOX))
                .isEqualTo(InboxColumns.add(messages, List.of(notification)).size());
        assertThat(parameters(AcceptStatements.ACCEPT))
                .isEqualTo(AcceptColumns.withKeys(List.of(), Topics.UNROUTED, ErasedPersons.NONE)
                        .size());
    }

    private static long parameters(String statement) {
        return PARAMETER
                .matcher(statement)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .count();
    }

    private Set<UUID> tell(List<NewMessage> messages, List<NewNotification> notifications) throws Exception {
        return AcceptStore.tell(POOL, messages, notifications, Topics.UNROUTED, ErasedPersons.NONE)
                .await(5, TimeUnit.SECONDS)
                .keySet();
    }

    private NewNotification notification(@Nullable String key, boolean inbox) {
        return new NewNotification(
                ids.get(),
                ACCOUNT,
                "asha",
                "order_created",
                "{\"sms\": {\"status\": \"accepted\"}}",
                key == null ? null : new AcceptIntent.Key(key, Buffer.buffer(new byte[32])),
                inbox ? new NewInboxItem(ids.get(), "orders", null, "A title", "A text", null, null, 30) : null);
    }

    private NewMessage of(NewNotification notification, String recipient) {
        return new NewMessage(
                ids.get(),
                ACCOUNT,
                Channel.SMS,
                Lane.NORMAL,
                recipient,
                null,
                "Your order is on its way.",
                null,
                null,
                1,
                "gsm7",
                null,
                OffsetDateTime.parse("2026-11-20T12:00:00Z"),
                Duration.ofDays(1),
                "fail",
                null,
                null,
                null,
                Recourse.USUAL,
                TwilioExtras.NONE,
                new NewMessage.Told(notification.id(), "asha", "order_created", null, "transactional"));
    }

    private static List<String> texts(String sql, NewNotification about) throws Exception {
        return POOL.preparedQuery(sql).execute(Tuple.of(about.id())).await(5, TimeUnit.SECONDS).stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private static void execute(String sql) throws Exception {
        var _ = POOL.query(sql).execute().await(5, TimeUnit.SECONDS);
    }
}
