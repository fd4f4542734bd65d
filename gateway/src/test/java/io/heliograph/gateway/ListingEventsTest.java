package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happened, a page at a time. */
class ListingEventsTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    private String start;

    @BeforeEach
    void listen() {
        start = list("").getString("next_cursor");
    }

    @Test
    void tells_what_happened_to_messages_from_when_somebody_first_asked() {
        String id = json(gateway.post("/v1/messages", """
            {"to": "+15005550010", "text": "Hello", "reference": "table-7", "metadata": {"branch": "north"}}""")).getString("id");
        gateway.sql().execute("UPDATE message SET status = 'sending', attempt = 1");
        gateway.sql()
                .execute("UPDATE message SET status = 'sent', provider = 'twilio', settled_at = now();"
                        + " DELETE FROM outbox");

        List<JsonObject> events = events(list(""));

        assertThat(events)
                .extracting(event -> event.getString("type"))
                .containsExactly("message.accepted", "message.sent");
        JsonObject sent = events.getLast();
        assertThat(sent.getLong("sequence")).isGreaterThan(events.getFirst().getLong("sequence"));
        assertThat(sent.getString("position")).endsWith("-" + sent.getLong("sequence"));
        JsonObject data = sent.getJsonObject("data");
        assertThat(data.getString("id")).isEqualTo(id);
        assertThat(data.getString("status")).isEqualTo("sent");
        assertThat(data.getString("provider")).isEqualTo("twilio");
        assertThat(data.getString("channel")).isEqualTo("sms");
        assertThat(data.getString("to")).isEqualTo("+15005550010");
        assertThat(data.getString("reference")).isEqualTo("table-7");
        assertThat(data.getJsonObject("metadata")).isEqualTo(new JsonObject().put("branch", "north"));
    }

    @Test
    void goes_on_where_it_ended_and_repeats_nothing() {
        gateway.sql().execute(TestEvents.insert(1, 4));
        gateway.sql().execute(TestEvents.insert(5, 7));

        List<Integer> found = new ArrayList<>();
        JsonObject page = new JsonObject().put("next_cursor", start).put("more", true);
        while (page.getBoolean("more")) {
            page = list("?limit=3&cursor=" + page.getString("next_cursor"));
            found.addAll(numbers(page));
        }
        gateway.sql().execute(TestEvents.insert(8, 9));
        JsonObject later = list("?cursor=" + page.getString("next_cursor"));

        assertThat(found)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 7).boxed().toList());
        assertThat(numbers(later)).containsExactly(8, 9);
        assertThat(later.getBoolean("gap")).isFalse();
    }

    @Test
    void waits_for_what_began_earlier_and_commits_later() throws Exception {
        try (Connection late = TestDatabase.connect(gateway.sql().url());
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            boolean _ = statement.execute(TestEvents.insert(1, 1));
            gateway.sql().execute(TestEvents.insert(2, 2));

            JsonObject before = list("?cursor=" + start);
            late.commit();
            JsonObject after = list("?cursor=" + before.getString("next_cursor"));

            assertThat(numbers(before)).isEmpty();
            assertThat(numbers(after)).containsExactly(1, 2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "types=message.sent, 1",
        "'types=message.sent,message.accepted', 3",
        "channels=email, 1",
        "'channels=sms,whatsapp', 2",
        "channels=email&types=message.accepted, 1",
        "since=2999-01-01T00:00:00Z, 0",
        "until=2020-01-01T00:00:00Z, 0",
        "message_id=01890000-0000-7000-8000-000000000000, 0"
    })
    void is_filtered(String query, int found) {
        String _ = TestMessages.in(gateway, "sent", 1);
        String email = TestMessages.queued(gateway);
        gateway.sql().execute("UPDATE message SET channel = 'email' WHERE id = '" + email + "'");

        assertThat(events(list("?" + query))).hasSize(found);
        assertThat(events(list("?message_id=" + email))).hasSize(1);
    }

    @Test
    void is_bounded_by_time_in_the_order_of_events() {
        for (int hours = 4; hours >= 0; hours--) {
            gateway.sql()
                    .execute("INSERT INTO event (id, account_id, type, occurred_at, data)"
                            + " SELECT uuid_v7_floor(now() - interval '" + hours
                            + " hours'), 1, 'consent.changed', now(),"
                            + " jsonb_build_object('number', " + hours + ")");
        }
        Instant now = Instant.now();
        String since = "?since=" + now.minus(Duration.ofMinutes(210));
        String until = "&until=" + now.minus(Duration.ofMinutes(30));

        assertThat(numbers(list(since + until))).containsExactly(3, 2, 1);
        assertThat(numbers(list(since))).containsExactly(3, 2, 1, 0);
        assertThat(numbers(list(since + until + "&limit=1"))).containsExactly(3);
        String next = list(since + until + "&limit=1").getString("next_cursor");
        assertThat(numbers(list(since + until + "&cursor=" + next))).containsExactly(2, 1);
        assertThat(numbers(list("?until=" + now.minus(Duration.ofMinutes(210)))))
                .containsExactly(4);
    }

    @Test
    void finds_the_one_among_thousands_that_a_filter_wants() {
        gateway.sql().execute(TestEvents.insert(1, 4_500));
        gateway.sql().execute(TestEvents.insert("inbound.received", "'{}'", 1, 1));

        List<JsonObject> found = new ArrayList<>();
        JsonObject page = new JsonObject().put("next_cursor", start).put("more", true);
        while (page.getBoolean("more")) {
            page = list("?types=inbound.received&cursor=" + page.getString("next_cursor"));
            found.addAll(events(page));
        }

        assertThat(found).hasSize(1);
    }

    @Test
    void says_when_something_may_be_missing() {
        gateway.sql().execute(TestEvents.insert(1, 2));
        String second = events(list("")).getLast().getString("position");
        assertThat(list("?cursor=" + start).getBoolean("gap")).isFalse();

        gateway.sql()
                .execute("UPDATE event_forgotten SET (xid, sequence) ="
                        + " (SELECT xid, sequence FROM event ORDER BY xid DESC, sequence DESC LIMIT 1)");

        assertThat(list("?cursor=" + start).getBoolean("gap")).isTrue();
        assertThat(list("?cursor=" + second).getBoolean("gap")).isFalse();
        assertThat(list("?cursor=99999999999-1").getBoolean("gap")).isTrue();
        gateway.sql().execute("UPDATE event_forgotten SET xid = '0', sequence = 0");
    }

    @Test
    void says_when_nobody_listened_for_a_while() throws Exception {
        gateway.sql().execute("UPDATE event_listening SET until = now() - interval '1 hour'");
        gateway.sql().execute("SELECT pg_current_xact_id()");

        // It has not listened lately, and so begins anew.
        try (RunningGateway other = new RunningGateway(gateway.sql().url())) {
            JsonObject page = json(other.get("/v1/events?cursor=" + start));
            JsonObject again = json(other.get("/v1/events?cursor=" + page.getString("next_cursor")));

            assertThat(page.getBoolean("gap")).isTrue();
            assertThat(again.getBoolean("gap")).isFalse();
        }
    }

    @Test
    void remembers_what_is_dropped_with_its_day() {
        gateway.sql()
                .execute("CREATE TABLE event_20200101 PARTITION OF event FOR VALUES"
                        + " FROM (uuid_v7_floor('2020-01-01Z')) TO (uuid_v7_floor('2020-01-02Z'));"
                        + " INSERT INTO event (id, sequence, xid, account_id, type, occurred_at) SELECT uuid_v7_floor('2020-01-01Z'),"
                        + " 7, '700', 1, 'consent.changed', now(); SELECT keep_event_partitions(7, 1)");

        assertThat(gateway.sql().text("SELECT xid || '-' || sequence FROM event_forgotten"))
                .isEqualTo("700-7");
        gateway.sql().execute("UPDATE event_forgotten SET xid = '0', sequence = 0");
    }

    @Test
    void is_refused_to_questions_that_are_none() {
        JsonObject problem =
                json(gateway.get("/v1/events?types=message.lost&channels=pigeon&cursor=7&limit=0&message_id=x&what=1"));

        assertThat(problem.getJsonArray("errors")).hasSize(6);
    }

    @Test
    void shows_an_account_its_own() {
        String stranger = TestAccounts.add(gateway, "stranger", "messages:read");
        gateway.sql().execute(TestEvents.insert(1, 2));

        assertThat(json(gateway.get("/v1/events", "Authorization", "Bearer " + stranger))
                        .getJsonArray("events"))
                .isEmpty();
    }

    private static JsonObject list(String query) {
        return json(gateway.get("/v1/events" + query));
    }

    private static List<JsonObject> events(JsonObject page) {
        return page.getJsonArray("events").stream().map(JsonObject.class::cast).toList();
    }

    private static List<Integer> numbers(JsonObject page) {
        return events(page).stream()
                .map(event -> event.getJsonObject("data").getInteger("number"))
                .toList();
    }
}
