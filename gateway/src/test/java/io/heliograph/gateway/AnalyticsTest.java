package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums that say what the messages themselves say, whenever they were counted and however they moved since. */
class AnalyticsTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final List<String> STATUSES = List.of(
            "scheduled",
            "queued",
            "sending",
            "unknown",
            "sent",
            "delivered",
            "read",
            "undelivered",
            "failed",
            "expired",
            "refused",
            "canceled");

    @BeforeEach
    void forget() {
        GATEWAY.sql()
                .execute(
                        "DELETE FROM analytics; DELETE FROM analytics_change; DELETE FROM provider_price WHERE change > 1;"
                                + " DELETE FROM price_change WHERE n > 1; TRUNCATE routing_table");
    }

    /** Whatever a test did: counted anew, it comes to the same. */
    @AfterEach
    void is_what_the_messages_say() {
        fold();
        assertThat(recount("(now() AT TIME ZONE 'UTC')::date")).isZero();
    }

    @Test
    void counts_each_message_as_what_it_is_however_late_it_moves() {
        String canceled = sending("+15005550010");
        GATEWAY.sql().execute("UPDATE message SET status = 'queued' WHERE id = '" + canceled + "'");
        GATEWAY.post("/v1/messages/" + canceled + "/cancel", "");
        List<String> sent =
                Stream.generate(() -> sending("+15005550010")).limit(5).toList();
        receipt(sent.get(0), "delivered");
        receipt(sent.get(1), "undelivered");
        TestMessages.queued(GATEWAY);
        GATEWAY.post(
                "/v1/messages",
                hello("+15005550010")
                        .put(
                                "send_at",
                                OffsetDateTime.now(ZoneOffset.UTC).plusHours(2).toString()));
        fold();
        assertThatTheSumsAreThoseOfTheMessages();
        assertThat(total("").getInteger("accepted")).isEqualTo(8);
        assertThat(total("").getInteger("delivered")).isEqualTo(1);
        assertThat(total("").getInteger("pending")).isEqualTo(5);

        receipt(sent.get(0), "read");
        receipt(sent.get(1), "delivered");
        receipt(sent.get(2), "sent");
        receipt(sent.get(2), "undelivered");
        receipt(sent.get(3), "failed");
        receipt(sent.get(4), "sent");
        fold();

        assertThatTheSumsAreThoseOfTheMessages();
        JsonObject total = total("");
        assertThat(total)
                .contains(
                        Map.entry("accepted", 8),
                        Map.entry("pending", 2),
                        Map.entry("sent", 5),
                        Map.entry("unconfirmed", 1),
                        Map.entry("delivered", 2),
                        Map.entry("read", 1),
                        Map.entry("undelivered", 1),
                        Map.entry("failed", 1),
                        Map.entry("canceled", 1),
                        Map.entry("delivery_rate", 0.4),
                        Map.entry("read_rate", 0.5));
    }

    @Test
    void says_why_messages_have_not_arrived_and_who_has_to_do_something() {
        TwilioPost.of("SM1", "undelivered")
                .with("ErrorCode", "30005")
                .about(sending("+15005550010"), 1)
                .to(GATEWAY);
        expire(TestMessages.queued(GATEWAY));
        fold();

        assertThat(groups("group_by=reason").stream()
                        .map(group -> group.getString("reason") + " " + group.getString("cause")))
                .containsExactly("recipient_unreachable customer_data", "validity_passed ours");
        assertThat(total("reason=validity_passed").getInteger("expired")).isOne();
        assertThat(total("reason=validity_passed").getInteger("accepted")).isOne();
        assertThatTheSumsAreThoseOfTheMessages();
    }

    @Test
    void adds_up_what_providers_charged_at_the_time_by_segments_prefix_and_currency() {
        prices("EUR", "0.06", "0.004");
        receipt(sending("+919876543210"), "delivered");
        receipt(sending("+447911123456"), "sent");
        String long2 = json(GATEWAY.post(
                        "/v1/messages",
                        new JsonObject().put("to", "+919876543211").put("text", "x".repeat(200))))
                .getString("id");
        claim(long2, "twilio");
        receipt(long2, "undelivered");
        fold();
        String late = sending("+919876543210");
        fold();
        prices("USD", "0.5", "0.25");
        receipt(late, "delivered");
        claim(TestMessages.queued(GATEWAY), "nobody");
        GATEWAY.sql()
                .execute(
                        "UPDATE message SET status = 'sent', sent_at = now(), settled_at = now() WHERE provider = 'nobody'");
        fold();

        JsonObject total = total("");
        assertThat(total.getJsonArray("cost"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject().put("currency", "EUR").put("amount", "0.072"))
                        .add(new JsonObject().put("currency", "USD").put("amount", "0.25")));
        assertThat(total.getInteger("segments")).isEqualTo(6);
        assertThat(total.getInteger("unpriced")).isOne();
        assertThat(groups("group_by=country").stream()
                        .map(group -> group.getString("country") + " " + group.getInteger("sent")))
                .containsExactly("GB 1", "IN 3", "US 1");
        assertThat(total("country=IN,GB&provider=twilio").getInteger("accepted"))
                .isEqualTo(4);
    }

    @Test
    void counts_what_a_second_provider_took_as_a_message_of_its_own() {
        GATEWAY.sql()
                .execute(
                        "INSERT INTO routing_table (content) VALUES ('{\"accounts\": [], \"routes\":"
                                + " [{\"channel\": \"sms\", \"providers\": [{\"name\": \"twilio\"}, {\"name\": \"plivo\"}]}]}')");
        String id = json(GATEWAY.post("/v1/messages", hello("+15005550010").put("on_undelivered", "another_provider")))
                .getString("id");
        claim(id, "twilio");
        receipt(id, "sent");
        fold();
        TwilioPost.of("SM1", "undelivered")
                .with("ErrorCode", "30007")
                .about(id, 1)
                .to(GATEWAY);
        String second = json(GATEWAY.get("/v1/messages/" + id)).getString("fallback_id");
        claim(second, "plivo");
        receipt(second, "delivered");
        fold();

        assertThat(groups("group_by=provider").stream()
                        .map(group -> group.getString("provider") + " " + group.getInteger("sent") + " "
                                + group.getInteger("delivered") + " " + group.getInteger("undelivered")))
                .containsExactly("plivo 1 1 0", "twilio 1 0 1");
        assertThatTheSumsAreThoseOfTheMessages();
    }

    @Test
    void tells_types_and_variants_apart() {
        for (String variant : List.of("a", "a", "b")) {
            String id = sending("+15005550010");
            GATEWAY.sql()
                    .execute("UPDATE message SET notification_type = 'order_created', variant = '" + variant
                            + "' WHERE id = '" + id + "'");
            receipt(id, variant.equals("a") ? "delivered" : "undelivered");
        }
        TestMessages.queued(GATEWAY);
        fold();

        assertThat(groups("group_by=type,variant&channel=sms").stream()
                        .map(group -> group.getString("type") + " " + group.getString("variant") + " "
                                + group.getInteger("accepted") + " " + group.getValue("delivery_rate")))
                .containsExactly("null null 1 null", "order_created a 2 1.0", "order_created b 1 0.0");
    }

    @Test
    void takes_the_days_of_a_time_zone() {
        // 23:59 and 00:00 in Kolkata; then 23:59 and 00:00 in UTC.
        for (String time : List.of(
                "2026-11-10T18:29:00Z", "2026-11-10T18:30:00Z", "2026-11-10T23:59:59Z", "2026-11-11T00:00:00Z")) {
            insertAt(time);
        }
        fold();

        String days = "group_by=day&from=2026-11-10&to=2026-11-12";
        assertThat(groups(days).stream().map(group -> group.getString("day") + " " + group.getInteger("accepted")))
                .containsExactly("2026-11-10 3", "2026-11-11 1");
        assertThat(groups(days + "&time_zone=Asia/Kolkata").stream()
                        .map(group -> group.getString("day") + " " + group.getInteger("accepted")))
                .containsExactly("2026-11-10 1", "2026-11-11 3");
        assertThat(
                        groups("group_by=hour&from=2026-11-10T18:30:00Z&to=2026-11-11T00:00:00Z&time_zone=Asia/Kolkata")
                                .stream()
                                .map(group -> group.getString("hour") + " " + group.getInteger("accepted")))
                .containsExactly("2026-11-11T00:00 1", "2026-11-11T05:00 1");
        assertThat(groups("group_by=month&from=2026-11-01&to=2026-12-01")
                        .getFirst()
                        .getString("month"))
                .isEqualTo("2026-11");
        assertThat(recount("'2026-11-10'::date")).isZero();
    }

    @Test
    void keeps_the_sums_of_messages_that_are_gone() {
        insertAt("2026-10-10T12:00:00Z");
        fold();
        GATEWAY.sql().execute("DELETE FROM message");

        assertThat(total("from=2026-10-01&to=2026-11-01").getInteger("accepted"))
                .isOne();
        assertThatThrownBy(() -> recount("'2026-10-10'::date")).hasMessageContaining("Messages of 2026-10-10 are gone");
        assertThat(GATEWAY.sql().count("SELECT recount_analytics('2026-10-10', true)"))
                .isOne();
        assertThat(total("from=2026-10-01&to=2026-11-01").getInteger("accepted"))
                .isZero();
    }

    @Test
    void counts_an_erased_person_where_they_were_counted() {
        TestUsers.put(GATEWAY, "ann", new JsonObject().put("phone", "+15005550010"));
        receipt(sending("+15005550010"), "sent");
        fold();
        assertThat(groups("group_by=country").getFirst().getString("country")).isEqualTo("US");

        TestUsers.delete(GATEWAY, "/v1/users/ann");
        fold();

        assertThat(groups("group_by=country")).hasSize(1);
        assertThat(groups("group_by=country").getFirst().getString("country")).isEqualTo("US");
        assertThat(total("").getInteger("unconfirmed")).isOne();
    }

    @Test
    void goes_on_with_the_groups_after_the_page() {
        for (String to : List.of("+15005550010", "+447911123456", "+919876543210", "+4915123456789", "+33612345678")) {
            receipt(sending(to), "delivered");
        }
        fold();
        List<String> countries = new ArrayList<>();
        String cursor = null;
        do {
            JsonObject page = page("group_by=country,day&limit=2" + (cursor == null ? "" : "&cursor=" + cursor));
            assertThat(page.getJsonObject("total").getInteger("accepted")).isEqualTo(5);
            page.getJsonArray("groups").forEach(group -> countries.add(((JsonObject) group).getString("country")));
            cursor = page.getString("next_cursor");
        } while (cursor != null);

        assertThat(countries).containsExactly("DE", "FR", "GB", "IN", "US");
    }

    @Test
    void counts_what_its_own_account_may_see() {
        TestMessages.queued(GATEWAY);
        fold();
        String other = TestAccounts.add(GATEWAY, "other", "messages:read");
        String writer = TestAccounts.add(GATEWAY, "other", "messages:write");

        assertThat(json(GATEWAY.get("/v1/analytics?group_by=day", "Authorization", "Bearer " + other))
                        .getJsonArray("groups"))
                .isEmpty();
        assertThat(GATEWAY.get("/v1/analytics", "Authorization", "Bearer " + writer)
                        .statusCode())
                .isEqualTo(403);
        assertThat(total("").getInteger("accepted")).isOne();
    }

    @Test
    void says_until_when_messages_are_counted() {
        TestMessages.queued(GATEWAY);
        JsonObject before = page("");
        fold();
        JsonObject after = page("");

        assertThat(before.getJsonObject("total").getInteger("accepted")).isZero();
        assertThat(before.getJsonObject("total").getValue("delivery_rate")).isNull();
        assertThat(after.getJsonObject("total").getInteger("accepted")).isOne();
        assertThat(after.getInstant("as_of")).isAfter(before.getInstant("as_of"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "group_by=week | not_allowed | group_by",
                "group_by=day,hour | not_allowed | group_by",
                "group_by=channel,channel | not_allowed | group_by",
                "group_by=day, | empty | group_by",
                "from=yesterday | invalid_time | from",
                "to=2026-11-10T18:31:00Z | invalid_time | to",
                "from=2026-11-10&to=2026-11-10 | not_allowed | from",
                "from=2025-01-01&to=2026-11-10 | not_allowed | from",
                "time_zone=Mars/Olympus | not_allowed | time_zone",
                "time_zone=SystemV/EST5 | not_allowed | time_zone",
                "time_zone=%2B05:30 | not_allowed | time_zone",
                "time_zone=Asia/Kathmandu | not_allowed | time_zone",
                "channel=fax | not_allowed | channel",
                "country=India | not_allowed | country",
                "reason=bad_luck | not_allowed | reason",
                "type=a,,b | empty | type",
                "provider=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21 | too_many | provider",
                "variant=a&variant=b | repeated_parameter | variant",
                "limit=0 | not_allowed | limit",
                "limit=1001 | not_allowed | limit",
                "cursor=abc | invalid_cursor | cursor",
                "cursor=WyJhIl0 | invalid_cursor | cursor",
                "groupby=day | unknown_parameter | groupby"
            })
    void refuses_what_it_does_not_know(String query, String code, String parameter) {
        HttpResponse<String> response = GATEWAY.get("/v1/analytics?" + query);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(json(response).getString("code")).isEqualTo(code);
        assertThat(json(response).getJsonArray("errors").getJsonObject(0).getString("parameter"))
                .isEqualTo(parameter);
    }

    @Test
    void names_all_that_is_wrong() {
        JsonObject problem =
                json(GATEWAY.get("/v1/analytics?group_by=x&from=y&channel=z&country=1&limit=no&what=else"));

        assertThat(problem.getJsonArray("errors").stream().map(error -> ((JsonObject) error).getString("parameter")))
                .containsExactlyInAnyOrder("group_by", "from", "channel", "country", "limit", "what");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "UTC", "Etc/GMT+5", "EST5EDT"})
    void takes_time_zones_that_the_database_knows(String zone) {
        assertThat(GATEWAY.get("/v1/analytics?group_by=hour&time_zone=" + zone.replace("+", "%2B"))
                        .statusCode())
                .isEqualTo(200);
    }

    private static void assertThatTheSumsAreThoseOfTheMessages() {
        JsonObject counted = new JsonObject();
        STATUSES.forEach(status -> counted.put(
                status,
                json(GATEWAY.get("/v1/messages?limit=200&status=" + status))
                        .getJsonArray("messages")
                        .size()));
        JsonObject total = total("");
        assertThat(total.getInteger("pending")).isEqualTo(sum(counted, "scheduled", "queued", "sending", "unknown"));
        assertThat(total.getInteger("unconfirmed")).isEqualTo(sum(counted, "sent"));
        assertThat(total.getInteger("delivered")).isEqualTo(sum(counted, "delivered", "read"));
        for (String status : List.of("read", "undelivered", "failed", "expired", "refused", "canceled")) {
            assertThat(total.getInteger(status)).as(status).isEqualTo(sum(counted, status));
        }
        assertThat(total.getInteger("accepted")).isEqualTo(sum(counted, STATUSES.toArray(String[]::new)));
    }

    private static int sum(JsonObject counted, String... statuses) {
        return Stream.of(statuses).mapToInt(counted::getInteger).sum();
    }

    /** As a relay does, until everything that is there is counted. */
    private static void fold() {
        String now = GATEWAY.sql().text("SELECT uuid_v7_floor(clock_timestamp() + interval '2 milliseconds')");
        await().until(() -> {
            GATEWAY.sql().text("SELECT fold_analytics('0', 50000)");
            return GATEWAY.sql().count("SELECT count(*) FROM analytics_position WHERE counted > '" + now + "'") == 1;
        });
    }

    private static long recount(String day) {
        return GATEWAY.sql().count("SELECT recount_analytics(" + day + ")");
    }

    private static JsonObject page(String query) {
        HttpResponse<String> response = GATEWAY.get("/v1/analytics?" + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    private static JsonObject total(String query) {
        return page(query).getJsonObject("total");
    }

    private static List<JsonObject> groups(String query) {
        return page(query).getJsonArray("groups").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static JsonObject hello(String to) {
        return new JsonObject().put("to", to).put("text", "Hello");
    }

    private static String sending(String to) {
        String id = TestMessages.queued(GATEWAY, to);
        claim(id, "twilio");
        return id;
    }

    private static void claim(String id, String provider) {
        GATEWAY.sql()
                .execute("UPDATE message SET status = 'sending', attempt = 1, provider = '" + provider
                        + "', claimed_at = now() WHERE id = '" + id + "'");
    }

    private static void receipt(String id, String word) {
        assertThat(TwilioPost.of("SM-" + id, word).about(id, 1).to(GATEWAY).statusCode())
                .isEqualTo(204);
    }

    private static void expire(String id) {
        GATEWAY.sql()
                .execute(
                        "UPDATE message SET status = 'expired', reason = 'validity_passed', settled_at = now() WHERE id = '"
                                + id + "'; DELETE FROM outbox WHERE message_id = '" + id + "'");
    }

    private static void insertAt(String time) {
        GATEWAY.sql()
                .execute(
                        "INSERT INTO message (id, account_id, status, channel, lane, on_unknown, segments, encoding, created_at,"
                                + " expires_at, recipient, body) SELECT uuid_v7_floor('" + time
                                + "'), id, 'queued', 'sms', 'normal', 'fail',"
                                + " 1, 'gsm7', '" + time + "', '" + time
                                + "', '+15005550010', 'Hello' FROM account WHERE name = 'default'");
    }

    private static void prices(String currency, String otherwise, String india) {
        GATEWAY.sql()
                .execute("INSERT INTO routing_table (content) VALUES ('"
                        + new JsonObject()
                                .put("routes", new JsonArray())
                                .put(
                                        "accounts",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("name", "twilio")
                                                        .put(
                                                                "prices",
                                                                new JsonObject()
                                                                        .put("currency", currency)
                                                                        .put("default", otherwise)
                                                                        .put(
                                                                                "by_prefix",
                                                                                new JsonObject().put("+91", india)))))
                                .encode()
                        + "') ON CONFLICT (is_the_only_row) DO UPDATE SET content = excluded.content");
    }
}
