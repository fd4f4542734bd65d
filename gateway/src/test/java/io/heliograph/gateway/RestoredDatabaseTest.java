package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.events.EventPosition;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A database that was restored hands out numbers of events again that readers have seen: nobody waits for them to be reached. */
class RestoredDatabaseTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @BeforeEach
    void is_in_its_first_era() {
        restoreToTheFirstEra();
        gateway.sql()
                .execute("UPDATE event_era SET cluster = (SELECT system_identifier FROM pg_control_system()),"
                        + " history = history_of_database(); UPDATE event_forgotten SET xid = '0', sequence = 0");
        gateway.sql().execute("UPDATE event_listening SET since = event_horizon(), until = now() + interval '1 day'");
    }

    @Test
    void is_noticed_once_and_only_when_it_was_another_one_or_has_another_past() {
        assertThat(keepEra()).isFalse();
        gateway.sql().execute("UPDATE event_era SET cluster = 1");
        assertThat(keepEra()).isTrue();
        assertThat(keepEra()).isFalse();
        gateway.sql().execute("UPDATE event_era SET history = 'FFFFFFFF'");
        assertThat(keepEra()).isTrue();
        gateway.sql().execute("UPDATE event_era SET xid = '4000000000000'");
        assertThat(keepEra()).isTrue();
        assertThat(keepEra()).isFalse();
    }

    @Test
    void puts_what_is_to_come_behind_all_that_anybody_has_seen_and_says_that_something_may_be_missing() {
        String start = list("").getString("next_cursor");
        gateway.sql().execute(TestEvents.insert(1, 2));
        String seen = list("?cursor=" + start).getString("next_cursor");
        gateway.sql().execute("UPDATE event_era SET cluster = 1");

        assertThat(keepEra()).isTrue();
        gateway.sql().execute(TestEvents.insert(3, 4));

        // What a reader saw that the restored database never knew is ahead of all that was restored, and behind all
        // that is new.
        EventPosition position = Objects.requireNonNull(EventPosition.parse(seen));
        String ahead = new EventPosition(position.xid() + 1_000_000, 7).toString();
        for (String old : List.of(seen, ahead)) {
            JsonObject page = list("?cursor=" + old);
            assertThat(page.getBoolean("gap")).isTrue();
            assertThat(numbers(page)).containsExactly(3, 4);
            assertThat(list("?cursor=" + page.getString("next_cursor")).getBoolean("gap"))
                    .isFalse();
        }
        assertThat(numbers(list(""))).containsExactly(1, 2, 3, 4);
    }

    @Test
    void is_noticed_by_whoever_reads_it_and_open_streams_hear_of_a_gap_and_go_on() throws Exception {
        gateway.sql().execute("UPDATE event_era SET cluster = 1");
        assertThat(keepEra()).isTrue();
        try (SseReader reader = SseReader.open(gateway.port(), "/v1/stream")) {
            reader.next("live");
            gateway.sql().execute(TestEvents.insert(1, 1));
            reader.next("consent.changed");
            String ahead = reader.lastId();

            restoreToTheFirstEra();
            reader.next("gap");
            gateway.sql().execute(TestEvents.insert(2, 2));

            assertThat(reader.next("consent.changed").data().getJsonObject("data"))
                    .isEqualTo(new JsonObject().put("number", 2));
            try (SseReader back = SseReader.open(gateway.port(), "/v1/stream?last_event_id=" + ahead)) {
                assertThat(back.next("gap").data().getString("after")).isEqualTo(ahead);
                assertThat(back.next("consent.changed").data().getJsonObject("data"))
                        .isEqualTo(new JsonObject().put("number", 2));
            }
        }
    }

    @Test
    void a_stream_that_is_opened_meanwhile_does_not_begin_where_the_listening_began_before() throws Exception {
        gateway.sql().execute("UPDATE event_listening SET since = '17592186044416', until = now() + interval '1 day'");

        try (RunningGateway another = new RunningGateway(gateway.sql().url());
                SseReader reader = SseReader.open(another.port(), "/v1/stream")) {
            reader.next("live");
            gateway.sql().execute(TestEvents.insert(1, 1));

            reader.next("consent.changed");
        }
    }

    /** The numbers as they were before any restore: what a backup of that time brings back. */
    private static void restoreToTheFirstEra() {
        gateway.sql()
                .execute("DELETE FROM event; ALTER TABLE event ALTER xid SET DEFAULT pg_current_xact_id();"
                        + " CREATE OR REPLACE FUNCTION event_horizon() RETURNS xid8 LANGUAGE sql STABLE PARALLEL SAFE"
                        + " RETURN pg_snapshot_xmin(pg_current_snapshot());"
                        + " UPDATE event_era SET moved_by = 0; UPDATE event_forgotten SET xid = '0', sequence = 0");
    }

    private static boolean keepEra() {
        return gateway.sql().text("SELECT keep_event_era()").equals("t");
    }

    private static JsonObject list(String query) {
        return json(gateway.get("/v1/events" + query));
    }

    private static List<Integer> numbers(JsonObject page) {
        return page.getJsonArray("events").stream()
                .map(event -> ((JsonObject) event).getJsonObject("data").getInteger("number"))
                .toList();
    }
}
