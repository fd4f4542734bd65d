package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sums that say what the messages themselves say, whenever they were counted and however they moved since. */
class AnalyticsTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final SumCalls SUMS = new SumCalls(GATEWAY);

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
        SUMS.forget();
    }

    /** Whatever a test did: counted anew, it comes to the same. */
    @AfterEach
    void is_what_the_messages_say() {
        SUMS.fold();
        assertThat(SUMS.recount("(now() AT TIME ZONE 'UTC')::date")).isZero();
    }

    @Test
    void counts_each_message_as_what_it_is_however_late_it_moves() {
        String canceled = SUMS.sending("+15005550010");
        GATEWAY.sql().execute("UPDATE message SET status = 'queued' WHERE id = '" + canceled + "'");
        GATEWAY.post("/v1/messages/" + canceled + "/cancel", "");
        List<String> sent =
                Stream.generate(() -> SUMS.sending("+15005550010")).limit(5).toList();
        SUMS.receipt(sent.get(0), "delivered");
        SUMS.receipt(sent.get(1), "undelivered");
        TestMessages.queued(GATEWAY);
        GATEWAY.post(
                "/v1/messages",
                hello("+15005550010")
                        .put(
                                "send_at",
                                OffsetDateTime.now(ZoneOffset.UTC).plusHours(2).toString()));
        SUMS.fold();
        assertThatTheSumsAreThoseOfTheMessages();
        assertThat(SUMS.total("").getInteger("accepted")).isEqualTo(8);
        assertThat(SUMS.total("").getInteger("delivered")).isEqualTo(1);
        assertThat(SUMS.total("").getInteger("pending")).isEqualTo(5);

        SUMS.receipt(sent.get(0), "read");
        SUMS.receipt(sent.get(1), "delivered");
        SUMS.receipt(sent.get(2), "sent");
        SUMS.receipt(sent.get(2), "undelivered");
        SUMS.receipt(sent.get(3), "failed");
        SUMS.receipt(sent.get(4), "sent");
        SUMS.fold();

        assertThatTheSumsAreThoseOfTheMessages();
        JsonObject total = SUMS.total("");
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
                .about(SUMS.sending("+15005550010"), 1)
                .to(GATEWAY);
        SUMS.expire(TestMessages.queued(GATEWAY));
        SUMS.fold();

        assertThat(SUMS.groups("group_by=reason").stream()
                        .map(group -> group.getString("reason") + " " + group.getString("cause")))
                .containsExactly("recipient_unreachable customer_data", "validity_passed ours");
        assertThat(SUMS.total("reason=validity_passed").getInteger("expired")).isOne();
        assertThat(SUMS.total("reason=validity_passed").getInteger("accepted")).isOne();
        assertThatTheSumsAreThoseOfTheMessages();
    }

    @Test
    void adds_up_what_providers_charged_at_the_time_by_segments_prefix_and_currency() {
        SUMS.prices("EUR", "0.06", "0.004");
        SUMS.receipt(SUMS.sending("+919876543210"), "delivered");
        SUMS.receipt(SUMS.sending("+447911123456"), "sent");
        String long2 = json(GATEWAY.post(
                        "/v1/messages",
                        new JsonObject().put("to", "+919876543211").put("text", "x".repeat(200))))
                .getString("id");
        SUMS.claim(long2, "twilio");
        SUMS.receipt(long2, "undelivered");
        SUMS.fold();
        String late = SUMS.sending("+919876543210");
        SUMS.fold();
        SUMS.prices("USD", "0.5", "0.25");
        SUMS.receipt(late, "delivered");
        SUMS.claim(TestMessages.queued(GATEWAY), "nobody");
        GATEWAY.sql()
                .execute(
                        "UPDATE message SET status = 'sent', sent_at = now(), settled_at = now() WHERE provider = 'nobody'");
        SUMS.fold();

        JsonObject total = SUMS.total("");
        assertThat(total.getJsonArray("cost"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject().put("currency", "EUR").put("amount", "0.072"))
                        .add(new JsonObject().put("currency", "USD").put("amount", "0.25")));
        assertThat(total.getInteger("segments")).isEqualTo(6);
        assertThat(total.getInteger("unpriced")).isOne();
        assertThat(SUMS.groups("group_by=country").stream()
                        .map(group -> group.getString("country") + " " + group.getInteger("sent")))
                .containsExactly("GB 1", "IN 3", "US 1");
        assertThat(SUMS.total("country=IN,GB&provider=twilio").getInteger("accepted"))
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
        SUMS.claim(id, "twilio");
        SUMS.receipt(id, "sent");
        SUMS.fold();
        TwilioPost.of("SM1", "undelivered")
                .with("ErrorCode", "30007")
                .about(id, 1)
                .to(GATEWAY);
        String second = json(GATEWAY.get("/v1/messages/" + id)).getString("fallback_id");
        SUMS.claim(second, "plivo");
        SUMS.receipt(second, "delivered");
        SUMS.fold();

        assertThat(SUMS.groups("group_by=provider").stream()
                        .map(group -> group.getString("provider") + " " + group.getInteger("sent") + " "
                                + group.getInteger("delivered") + " " + group.getInteger("undelivered")))
                .containsExactly("plivo 1 1 0", "twilio 1 0 1");
        assertThatTheSumsAreThoseOfTheMessages();
    }

    @Test
    void tells_types_and_variants_apart() {
        for (String variant : List.of("a", "a", "b")) {
            String id = SUMS.sending("+15005550010");
            GATEWAY.sql()
                    .execute("UPDATE message SET notification_type = 'order_created', variant = '" + variant
                            + "' WHERE id = '" + id + "'");
            SUMS.receipt(id, variant.equals("a") ? "delivered" : "undelivered");
        }
        TestMessages.queued(GATEWAY);
        SUMS.fold();

        assertThat(SUMS.groups("group_by=type,variant&channel=sms").stream()
                        .map(group -> group.getString("type") + " " + group.getString("variant") + " "
                                + group.getInteger("accepted") + " " + group.getValue("delivery_rate")))
                .containsExactly("null null 1 null", "order_created a 2 1.0", "order_created b 1 0.0");
    }

    @Test
    void keeps_the_sums_of_messages_that_are_gone() {
        SUMS.insertAt("2026-10-10T12:00:00Z");
        SUMS.fold();
        GATEWAY.sql().execute("DELETE FROM message");

        assertThat(SUMS.total("from=2026-10-01&to=2026-11-01").getInteger("accepted"))
                .isOne();
        assertThatThrownBy(() -> SUMS.recount("'2026-10-10'::date"))
                .hasMessageContaining("Messages of 2026-10-10 are gone");
        assertThat(GATEWAY.sql().count("SELECT recount_analytics('2026-10-10', true)"))
                .isOne();
        assertThat(SUMS.total("from=2026-10-01&to=2026-11-01").getInteger("accepted"))
                .isZero();
    }

    @Test
    void counts_an_erased_person_where_they_were_counted() {
        TestUsers.put(GATEWAY, "ann", new JsonObject().put("phone", "+15005550010"));
        SUMS.receipt(SUMS.sending("+15005550010"), "sent");
        SUMS.fold();
        assertThat(SUMS.groups("group_by=country").getFirst().getString("country"))
                .isEqualTo("US");

        TestUsers.delete(GATEWAY, "/v1/users/ann");
        SUMS.fold();

        assertThat(SUMS.groups("group_by=country")).hasSize(1);
        assertThat(SUMS.groups("group_by=country").getFirst().getString("country"))
                .isEqualTo("US");
        assertThat(SUMS.total("").getInteger("unconfirmed")).isOne();
    }

    private static void assertThatTheSumsAreThoseOfTheMessages() {
        JsonObject counted = new JsonObject();
        STATUSES.forEach(status -> counted.put(
                status,
                json(GATEWAY.get("/v1/messages?limit=200&status=" + status))
                        .getJsonArray("messages")
                        .size()));
        JsonObject total = SUMS.total("");
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

    private static JsonObject hello(String to) {
        return new JsonObject().put("to", to).put("text", "Hello");
    }
}
