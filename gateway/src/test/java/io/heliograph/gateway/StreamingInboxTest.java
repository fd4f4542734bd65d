package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A person's inbox as it changes, whoever changes it and wherever. */
class StreamingInboxTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway(
            TestDatabase.fresh(), Map.of("HELIOGRAPH_INBOX_STREAMS_MAX", "12", "HELIOGRAPH_STREAM_SLOW_AFTER", "1s"));

    private final TestInbox inbox = new TestInbox(GATEWAY);

    @BeforeEach
    void ann() {
        inbox.user("ann");
        await().until(() -> GATEWAY.metric("heliograph_inbox_streams_open") == 0);
    }

    @Test
    void tells_what_comes_in_and_what_becomes_of_it() throws Exception {
        String earlier = inbox.ordered("ann", "A1");
        try (SseReader reader = inbox.stream(inbox.token("ann"))) {
            assertThat(reader.response().headers().firstValue("Content-Type")).contains("text/event-stream");
            assertThat(reader.next("live").data().getInteger("unread_count")).isEqualTo(1);

            String id = inbox.ordered("ann", "A2");
            JsonObject told = reader.next("item").data();
            assertThat(told.getJsonObject("item").getString("id")).isEqualTo(id);
            assertThat(told.getJsonObject("item").getString("title")).isEqualTo("Your order A2");
            assertThat(told.getInteger("unread_count")).isEqualTo(2);

            JsonObject read = inbox.patched(TestInbox.PATH + "/" + earlier, new JsonObject().put("read", true));
            JsonObject marked = reader.next("item").data();
            assertThat(marked.getJsonObject("item")).isEqualTo(read);
            assertThat(marked.getInteger("unread_count")).isEqualTo(1);

            assertThat(TestUsers.delete(GATEWAY, TestInbox.PATH + "/" + id).statusCode())
                    .isEqualTo(204);
            assertThat(reader.next("deleted").data())
                    .isEqualTo(new JsonObject().put("id", id).put("unread_count", 0));

            // What is as it was tells nobody anything.
            JsonObject _ = inbox.patched(TestInbox.PATH + "/" + earlier, new JsonObject().put("read", true));
            String last = inbox.ordered("ann", "A3");
            assertThat(reader.next("item").data().getJsonObject("item").getString("id"))
                    .isEqualTo(last);
        }
    }

    @Test
    void tells_all_devices_at_all_gateways_what_was_read_on_one() throws Exception {
        String id = inbox.ordered("ann", "A1");
        try (RunningGateway other = new RunningGateway(GATEWAY.sql().url());
                SseReader phone = inbox.stream(inbox.token("ann"));
                SseReader tablet = new TestInbox(other).stream(inbox.token("ann"))) {
            phone.next("live");
            tablet.next("live");

            assertThat(new TestInbox(other)
                            .byToken(inbox.token("ann"), "PATCH", "/v1/inbox/" + id, new JsonObject().put("read", true))
                            .statusCode())
                    .isEqualTo(200);

            for (SseReader device : List.of(phone, tablet)) {
                JsonObject told = device.next("item").data();
                assertThat(told.getJsonObject("item").getString("read_at")).isNotNull();
                assertThat(told.getInteger("unread_count")).isZero();
            }
        }
    }

    @Test
    void misses_nothing_when_it_goes_on_at_another_gateway() throws Exception {
        String last;
        String token = inbox.token("ann");
        try (RunningGateway first = new RunningGateway(GATEWAY.sql().url())) {
            try (SseReader reader = new TestInbox(first).stream(token)) {
                reader.next("live");
                String _ = inbox.ordered("ann", "A0");
                reader.next("item");
                first.stop();
                assertThat(reader.next("end").data().getString("reason")).isEqualTo("stopping");
                last = reader.lastId();
            }
        }
        // More than are read at once, and some of them twice: each is told once, as it is now.
        insert(1, 250);
        GATEWAY.sql()
                .execute("UPDATE inbox_item SET seen_at = now(), read_at = now(), xid = event_xid(),"
                        + " sequence = nextval('inbox_sequence') WHERE title LIKE 'item%0'");
        List<String> titles = new ArrayList<>();
        try (SseReader reader = inbox.stream(token, "Last-Event-ID", last)) {
            while (titles.size() < 250) {
                titles.add(reader.next("item").data().getJsonObject("item").getString("title"));
            }
            assertThat(reader.next("live").data().getInteger("unread_count")).isEqualTo(226);
        }

        assertThat(titles)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 250).mapToObj(n -> "item " + n).toList());
    }

    @Test
    void misses_nothing_and_repeats_nothing_while_much_happens() throws Exception {
        String token = inbox.token("ann");
        String start;
        try (SseReader reader = inbox.stream(token)) {
            start = reader.next("live").idSoFar();
        }
        Thread busy = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 40; i++) {
                insert(i * 10 + 1, i * 10 + 10);
            }
        });

        for (int round = 0; round < 3; round++) {
            List<String> titles = new ArrayList<>();
            try (SseReader reader = inbox.stream(token, "Last-Event-ID", start)) {
                while (titles.size() < 400) {
                    SseReader.Block block = reader.next();
                    if (block.event().equals("item")) {
                        titles.add(block.data().getJsonObject("item").getString("title"));
                    }
                }
            }
            assertThat(titles)
                    .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 400)
                            .mapToObj(n -> "item " + n)
                            .toList());
        }
        busy.join();
    }

    @Test
    void does_not_pass_over_what_began_earlier_and_commits_later() throws Exception {
        try (SseReader reader = inbox.stream(inbox.token("ann"));
                Connection late = TestDatabase.connect(GATEWAY.sql().url());
                Statement statement = late.createStatement()) {
            reader.next("live");
            late.setAutoCommit(false);
            boolean _ = statement.execute(inserting("ann", 1, 1));
            insert(2, 2);
            try (SseReader other = inbox.stream(inbox.token("ann"))) {
                other.next("live");
            }
            late.commit();

            assertThat(List.of(title(reader), title(reader))).containsExactlyInAnyOrder("item 1", "item 2");
        }
    }

    @Test
    void tells_nobody_of_anybody_elses() throws Exception {
        inbox.user("bob");
        try (SseReader bob = inbox.stream(inbox.token("bob"))) {
            bob.next("live");
            String anns = inbox.ordered("ann", "A1");
            JsonObject _ = inbox.patched(TestInbox.PATH + "/" + anns, new JsonObject().put("read", true));
            GATEWAY.sql()
                    .execute("INSERT INTO account (name) VALUES ('another') ON CONFLICT DO NOTHING;"
                            + inserting("bob", 1, 5).replace("'default'", "'another'"));
            String _ = inbox.ordered("bob", "B1");

            assertThat(title(bob)).isEqualTo("Your order B1");
            assertThat(bob.isQuiet()).isTrue();
        }
    }

    @Test
    void begins_anew_at_a_position_of_another_state_of_the_database() throws Exception {
        String token = inbox.token("ann");

        try (SseReader reader = inbox.stream(token, "Last-Event-ID", "99999999999-1")) {
            reader.next("reset");
            reader.next("live");
            String _ = inbox.ordered("ann", "A1");
            assertThat(title(reader)).isEqualTo("Your order A1");
        }
        assertThat(inbox.byToken(token, "GET", "/v1/inbox/stream?last_event_id=x&color=red", new JsonObject())
                        .body())
                .contains("invalid_cursor", "unknown_parameter");
    }

    @Test
    void begins_anew_after_a_restore_of_the_database_whether_it_was_open_or_comes_back() throws Exception {
        String token = inbox.token("ann");
        try (SseReader open = inbox.stream(token)) {
            open.next("live");
            String _ = inbox.ordered("ann", "A1");
            String before = open.next("item").idSoFar();
            GATEWAY.sql().execute("SELECT begin_event_era()");

            try (SseReader back = inbox.stream(token, "Last-Event-ID", before)) {
                back.next("reset");
                back.next("live");
                String _ = inbox.ordered("ann", "A2");
                assertThat(title(back)).isEqualTo("Your order A2");
            }
            open.next("reset");
            open.next("live");
            String _ = inbox.ordered("ann", "A3");
            assertThat(title(open)).isEqualTo("Your order A3");
        }
    }

    @Test
    void ends_with_its_token() throws Exception {
        try (SseReader reader = inbox.stream(inbox.token("ann"))) {
            reader.next("live");
            GATEWAY.sql().execute("UPDATE inbox_token SET expires_at = now()");
            // Whatever happens next, it does not hear of it.
            String _ = inbox.ordered("ann", "A1");

            assertThat(reader.next("end").data().getString("reason")).isEqualTo("token_expired");
            await().until(reader::isEnded);
        }
    }

    /** Nothing has to happen for it. */
    @Test
    void ends_with_its_person() throws Exception {
        try (SseReader reader = inbox.stream(inbox.token("ann"))) {
            reader.next("live");
            assertThat(TestUsers.delete(GATEWAY, "/v1/users/ann").statusCode()).isEqualTo(200);

            assertThat(reader.next("end").data().getString("reason")).isEqualTo("token_expired");
        }
    }

    @Test
    void is_refused_to_a_user_who_has_as_many_as_may_be_and_at_a_gateway_that_has() throws Exception {
        String token = inbox.token("ann");
        List<SseReader> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                readers.add(inbox.stream(token));
                readers.getLast().next("live");
            }
            assertThat(refusal(token)).contains("inbox", "Close some");
            inbox.user("bob");
            for (int i = 0; i < 2; i++) {
                readers.add(inbox.stream(inbox.token("bob")));
                readers.getLast().next("live");
            }
            assertThat(refusal(inbox.token("bob"))).contains("gateway");
            readers.getLast().close();
            await().until(() -> GATEWAY.metric("heliograph_inbox_streams_open") == 11);
            readers.add(inbox.stream(inbox.token("bob")));
            readers.getLast().next("live");
        } finally {
            readers.forEach(SseReader::close);
        }
    }

    @Test
    void cuts_a_reader_that_does_not_read() throws Exception {
        double before = GATEWAY.metric("heliograph_inbox_streams_ended_total{reason=\"too_slow\"}");
        String token = inbox.token("ann");
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress("localhost", GATEWAY.port()));
            socket.getOutputStream()
                    .write(
                            ("GET /v1/inbox/stream?last_event_id=1-1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                            + token + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> GATEWAY.metric("heliograph_inbox_streams_open") == 1);
            for (int i = 0; i < 20; i++) {
                GATEWAY.sql().execute(inserting("ann", i + 1, i + 1).replace("'body'", "repeat('x', 1000000)"));
            }

            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            GATEWAY.metric("heliograph_inbox_streams_ended_total{reason=\"too_slow\"}") == before + 1);
        }
    }

    /** Those of one event loop are read together. */
    @Test
    void ends_alone_when_it_cannot_be_told() throws Exception {
        inbox.user("bob");
        List<SseReader> anns = new ArrayList<>();
        List<SseReader> bobs = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                anns.add(inbox.stream(inbox.token("ann")));
                bobs.add(inbox.stream(inbox.token("bob")));
                anns.getLast().next("live");
                bobs.getLast().next("live");
            }
            GATEWAY.sql()
                    .execute(inserting("ann", 1, 1) + ";" + inserting("bob", 1, 1)
                            + ";UPDATE inbox_item SET data = '[]' WHERE user_id = 'ann'");

            for (SseReader bob : bobs) {
                assertThat(title(bob)).isEqualTo("item 1");
            }
            for (SseReader ann : anns) {
                assertThat(ann.next("end").data().getString("reason")).isEqualTo("failed");
            }
        } finally {
            anns.forEach(SseReader::close);
            bobs.forEach(SseReader::close);
        }
    }

    private String refusal(String token) {
        var refused = inbox.byToken(token, "GET", "/v1/inbox/stream", new JsonObject());
        assertThat(refused.statusCode()).isEqualTo(503);
        return RunningGateway.json(refused).getString("detail");
    }

    private static String title(SseReader reader) throws InterruptedException {
        return reader.next("item").data().getJsonObject("item").getString("title");
    }

    private static void insert(int from, int to) {
        GATEWAY.sql().execute(inserting("ann", from, to));
    }

    /** As another gateway would. */
    private static String inserting(String user, int from, int to) {
        return "INSERT INTO inbox_item (account_id, user_id, id, notification_id, type, category, title, body, created_at, expires_at)"
                + " SELECT a.id, '" + user
                + "', uuid_v7_now(), uuid_v7_now(), 'order_created', 'orders', 'item ' || n, 'body', now(),"
                + " now() + interval '1 day' FROM account a, generate_series(" + from + ", " + to
                + ") n WHERE a.name = 'default'";
    }
}
