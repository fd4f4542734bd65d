package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.TestDatabase;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens, as it happens, over Server-Sent Events. */
class StreamingEventsTest {
    private static final String PATH = "/v1/stream";

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway(
            TestDatabase.fresh(),
            Map.of("HELIOGRAPH_STREAMS_PER_ACCOUNT_MAX", "3", "HELIOGRAPH_STREAM_SLOW_AFTER", "1s"));

    @Test
    void tells_what_happens_from_now_on() throws Exception {
        try (SseReader earlier = open()) {
            earlier.next("live");
            gateway.sql().execute(TestEvents.insert(1, 3));
            read(earlier, 3, new ArrayList<>());

            try (SseReader reader = open()) {
                SseReader.Block live = reader.next("live");
                String id = TestMessages.queued(gateway);
                SseReader.Block accepted = reader.next("message.accepted");

                assertThat(reader.response().headers().firstValue("Content-Type"))
                        .contains("text/event-stream");
                assertThat(live.idSoFar()).isEqualTo(live.data().getString("position"));
                assertThat(accepted.data().getJsonObject("data").getString("id"))
                        .isEqualTo(id);
                assertThat(accepted.idSoFar()).isEqualTo(accepted.data().getString("position"));
            }
        }
    }

    @Test
    void tells_each_reader_what_it_filters_for() throws Exception {
        try (SseReader sent = open("?types=message.sent,inbound.received");
                SseReader email = open("?channels=email")) {
            sent.next("live");
            email.next("live");
            String _ = TestMessages.in(gateway, "sent", 1);
            gateway.sql().execute(TestEvents.insert("inbound.received", "'{\"channel\": \"email\"}'", 1, 1));

            sent.next("message.sent");
            sent.next("inbound.received");
            email.next("inbound.received");
            assertThat(email.isQuiet()).isTrue();
        }
    }

    @Test
    void misses_nothing_and_repeats_nothing_when_it_goes_on_at_another_gateway() throws Exception {
        List<Integer> numbers = new ArrayList<>();
        String last;
        try (RunningGateway first = new RunningGateway(gateway.sql().url())) {
            try (SseReader reader = SseReader.open(first.port(), PATH)) {
                reader.next("live");
                gateway.sql().execute(TestEvents.insert(1, 50));
                read(reader, 50, numbers);
                first.stop();
                reader.next("end");
                last = reader.lastId();
            }
        }
        gateway.sql().execute(TestEvents.insert(51, 400));
        try (SseReader reader = open("", "Last-Event-ID", last)) {
            gateway.sql().execute(TestEvents.insert(401, 450));
            read(reader, 400, numbers);
        }

        assertThat(numbers)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 450).boxed().toList());
    }

    /** Joining what is told live is where one could be lost or told twice. */
    @Test
    void misses_nothing_and_repeats_nothing_while_much_happens() throws Exception {
        String start;
        try (SseReader reader = open()) {
            start = reader.next("live").idSoFar();
        }
        Thread busy = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 200; i++) {
                gateway.sql().execute(TestEvents.insert(i * 10 + 1, i * 10 + 10));
            }
        });

        for (int round = 0; round < 3; round++) {
            List<Integer> numbers = new ArrayList<>();
            try (SseReader reader = open("", "Last-Event-ID", start)) {
                read(reader, 2_000, numbers);
            }
            assertThat(numbers)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 2_000).boxed().toList());
        }
        busy.join();
    }

    @Test
    void does_not_pass_over_what_began_earlier_and_commits_later() throws Exception {
        try (SseReader reader = open();
                Connection late = TestDatabase.connect(gateway.sql().url());
                Statement statement = late.createStatement()) {
            reader.next("live");
            late.setAutoCommit(false);
            boolean _ = statement.execute(TestEvents.insert(1, 1));
            gateway.sql().execute(TestEvents.insert(2, 2));
            String committed = gateway.sql().text("SELECT clock_timestamp()");
            await().until(() -> readAfter(committed));

            assertThat(reader.isQuiet()).isTrue();
            late.commit();

            List<Integer> numbers = new ArrayList<>();
            read(reader, 2, numbers);
            assertThat(numbers).containsExactly(1, 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-1", "99999999999-1"})
    void says_when_a_position_is_unknown_or_too_old(String position) throws Exception {
        gateway.sql().execute("UPDATE event_forgotten SET xid = '2', sequence = 1");

        try (SseReader reader = open("?last_event_id=" + position)) {
            SseReader.Block gap = reader.next("gap");
            assertThat(gap.data().getString("after")).isEqualTo(position);
            reader.next("live");
            gateway.sql().execute(TestEvents.insert(1, 1));
            reader.next("consent.changed");
        }
        gateway.sql().execute("UPDATE event_forgotten SET xid = '0', sequence = 0");
    }

    @Test
    void ends_with_the_key_that_opened_it() throws Exception {
        String key = TestAccounts.add(gateway, "leaver", "messages:read");

        try (SseReader reader = open("", "Authorization", "Bearer " + key)) {
            reader.next("live");
            TestAccounts.revoke(gateway, key);

            assertThat(reader.next("end").data().getString("reason")).isEqualTo("key_revoked");
            await().until(reader::isEnded);
        }
    }

    @Test
    void is_refused_without_a_key_that_may_and_for_questions_that_are_none() {
        String writer = TestAccounts.add(gateway, "writer", "messages:write");

        assertThat(gateway.sendAsIs(gateway.request(PATH)).statusCode()).isEqualTo(401);
        assertThat(gateway.get(PATH, "Authorization", "Bearer " + writer).statusCode())
                .isEqualTo(403);
        assertThat(json(gateway.get(PATH + "?types=message.lost&channels=pigeon&last_event_id=x&api_key=1"))
                        .getJsonArray("errors"))
                .hasSize(4);
    }

    @Test
    void is_refused_to_an_account_that_has_as_many_as_it_may_until_one_is_closed() throws Exception {
        try (SseReader _ = open();
                SseReader _ = open()) {
            try (SseReader _ = open()) {
                HttpResponse<String> refused = gateway.get(PATH);

                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(json(refused).getString("detail")).contains("streams");
                assertThat(gateway.metric("heliograph_streams_open")).isEqualTo(3);
            }
            await().until(() -> gateway.metric("heliograph_streams_open") == 2);
            try (SseReader reader = open()) {
                reader.next("live");
            }
        }
    }

    @Test
    void cuts_a_reader_that_does_not_read_and_tells_it_why() throws Exception {
        await().until(() -> gateway.metric("heliograph_streams_open") == 0);
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress("localhost", gateway.port()));
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                    + RunningGateway.API_KEY + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> gateway.metric("heliograph_streams_open") == 1);
            double before = gateway.metric("heliograph_streams_ended_total{reason=\"too_slow\"}");
            // The tail has begun when another reader is live.
            try (SseReader quick = open()) {
                quick.next("live");
                for (int i = 0; i < 20; i++) {
                    gateway.sql()
                            .execute(TestEvents.insert(
                                    "consent.changed", "jsonb_build_object('long', repeat('x', 1000000))", 1, 1));
                    quick.next("consent.changed");
                }
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> gateway.metric("heliograph_streams_ended_total{reason=\"too_slow\"}") == before + 1);

            assertThat(readUntil(socket.getInputStream(), "too_slow")).isTrue();
        }
    }

    private static void read(SseReader reader, int events, List<Integer> numbers) throws InterruptedException {
        int read = 0;
        while (read < events) {
            SseReader.Block block = reader.next();
            if (block.event().equals("consent.changed")) {
                numbers.add(block.data().getJsonObject("data").getInteger("number"));
                read++;
            }
        }
    }

    /** Whether the tail has looked since then. */
    private static boolean readAfter(String time) {
        return gateway.sql()
                        .count(
                                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'heliograph-gateway-stream'"
                                        + " AND datname = current_database() AND state = 'idle' AND query_start > '"
                                        + time + "'")
                > 0;
    }

    private static boolean readUntil(InputStream in, String word) throws Exception {
        byte[] buffer = new byte[65_536];
        StringBuilder end = new StringBuilder();
        int count = in.read(buffer);
        while (count >= 0) {
            end.append(new String(buffer, 0, count, StandardCharsets.US_ASCII));
            if (end.indexOf(word) >= 0) {
                return true;
            }
            end.delete(0, Math.max(0, end.length() - word.length()));
            count = in.read(buffer);
        }
        return false;
    }

    private static SseReader open() throws Exception {
        return open("");
    }

    private static SseReader open(String query, String... headers) throws Exception {
        return SseReader.open(gateway.port(), PATH + query, headers);
    }
}
