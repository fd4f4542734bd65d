package io.heliograph.gateway.twilio.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.twilio.words.Sids;
import io.heliograph.runtime.Database;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How far one page looks for what matches, which a test through HTTP would need very many messages to see. */
class BoundedListTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Pool POOL = Database.pool(VERTX, TestDatabase.fresh(), "test", 2);
    private static final Recipients RECIPIENTS = new Recipients("US");
    private static final long ACCOUNT = 7;
    private static final int LOOK_MAX = 10;
    private static final String SENT_TODAY = "&DateSent=2026-11-01";

    /** 40 of 1 November 2026: the 5th, the 6th and the 33rd were sent on that day, and the 10th, the 20th and so on came in. */
    @BeforeAll
    static void messages() throws Exception {
        execute(
                "INSERT INTO message (id, account_id, status, channel, lane, on_unknown, segments, encoding, created_at, expires_at,"
                        + " settled_at, recipient, body, sender, sent_at)"
                        + " SELECT ('01a196fb-1600-7000-8000-' || lpad(n::text, 12, '0'))::uuid, " + ACCOUNT
                        + ", 'failed', 'sms', 'normal', 'fail', 1, 'gsm7', now(), now(), now(), '+15005550010', 'Hello', '+15005550006',"
                        + " CASE WHEN n IN (5, 6, 33) THEN '2026-11-01T12:00:00Z'::timestamptz END"
                        + " FROM generate_series(1, 40) n WHERE n % 10 <> 0");
        execute(
                "INSERT INTO inbound_message (id, received_at, account_id, provider, channel, sender, recipient, body, dedupe_key, fields)"
                        + " SELECT ('01a196fb-1600-7000-8000-' || lpad(n::text, 12, '0'))::uuid, '2026-11-01T12:00:00Z', "
                        + ACCOUNT
                        + ", 'twilio', 'sms', '+15005550010', '+15005550006', 'Hi', n::text, '{}' FROM generate_series(10, 40, 10) n");
    }

    @AfterAll
    static void close() throws Exception {
        Void _ = VERTX.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void a_page_looks_at_so_many_messages_and_the_next_goes_on_there() throws Exception {
        assertThat(pages("?PageSize=50" + SENT_TODAY, "next_page_uri"))
                .containsExactly(List.of(40, 33, 30), List.of(20), List.of(10), List.of(6, 5));
    }

    @Test
    void a_full_page_goes_on_after_what_it_shows() throws Exception {
        assertThat(pages("?PageSize=2" + SENT_TODAY, "next_page_uri"))
                .containsExactly(List.of(40, 33), List.of(30), List.of(20), List.of(10, 6), List.of(5));
    }

    @Test
    void likewise_backwards() throws Exception {
        String last = "?PageSize=50&Page=9&PageToken=PB" + Sids.ofMessage(id(5), false) + SENT_TODAY;

        assertThat(pages(last, "previous_page_uri"))
                .containsExactly(List.of(10, 6), List.of(20), List.of(33, 30), List.of(40));
    }

    @Test
    void what_one_address_has_is_looked_at_as_far() throws Exception {
        assertThat(pages("?PageSize=50&To=%2B15005550010" + SENT_TODAY, "next_page_uri"))
                .containsExactly(List.of(33), List.of(), List.of(), List.of(6, 5));
        assertThat(pages("?PageSize=50&From=%2B15005550006" + SENT_TODAY, "next_page_uri"))
                .containsExactly(List.of(33), List.of(), List.of(), List.of(6, 5));
        assertThat(pages("?PageSize=50&To=%2B15005550006" + SENT_TODAY, "next_page_uri"))
                .containsExactly(List.of(40, 30, 20, 10));
    }

    @Test
    void nothing_is_left_out_without_a_bound_in_the_way() throws Exception {
        assertThat(pages("?PageSize=3", "next_page_uri").stream().flatMap(List::stream))
                .hasSize(40)
                .isSortedAccordingTo((a, b) -> b - a);
    }

    private static List<List<Integer>> pages(String first, String direction) throws Exception {
        List<List<Integer>> pages = new ArrayList<>();
        String uri = first;
        while (uri != null) {
            MultiMap query = query(uri);
            PageRequest page = PageRequest.read(query);
            Look look = new BothWays(new TwilioMessageStore(POOL), POOL, LOOK_MAX)
                    .list(ACCOUNT, MessageFilter.read(query, RECIPIENTS), page, page.size() + 1)
                    .await(5, TimeUnit.SECONDS);
            JsonObject json = new MessagePage("AC1", query, page, look).json();
            pages.add(json.getJsonArray("messages").stream()
                    .map(message -> number(((JsonObject) message).getString("sid")))
                    .toList());
            uri = next(json, direction);
        }
        return pages;
    }

    private static @Nullable String next(JsonObject page, String direction) {
        return page.getString(direction);
    }

    private static MultiMap query(String uri) {
        MultiMap query = MultiMap.caseInsensitiveMultiMap();
        for (String parameter : URI.create(uri).getRawQuery().split("&", -1)) {
            int sign = parameter.indexOf('=');
            query.add(
                    URLDecoder.decode(parameter.substring(0, sign), StandardCharsets.UTF_8),
                    URLDecoder.decode(parameter.substring(sign + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void execute(String sql) throws Exception {
        var _ = POOL.query(sql).execute().await(5, TimeUnit.SECONDS);
    }

    private static int number(String sid) {
        return Integer.parseInt(sid.substring(22));
    }

    private static UUID id(int number) {
        return UUID.fromString("01a196fb-1600-7000-8000-%012d".formatted(number));
    }
}
