package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LedgerTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @Test
    void is_balanced_and_shows_every_status_when_nothing_was_accepted() {
        JsonObject ledger = ledger();

        assertThat(ledger.getInteger("accepted")).isZero();
        assertThat(ledger.getJsonObject("by_status").fieldNames()).hasSize(12);
        assertThat(ledger.getValue("oldest_promise_at")).isNull();
        assertThat(ledger.getBoolean("balanced")).isTrue();
    }

    @Test
    void counts_what_was_accepted_and_where_it_is() {
        accept("one");
        accept("two");
        String canceled = accept("three");
        gateway.post("/v1/messages/" + canceled + "/cancel", "");

        JsonObject ledger = ledger();

        assertThat(ledger.getInteger("accepted")).isEqualTo(3);
        assertThat(ledger.getInteger("settled")).isOne();
        assertThat(ledger.getInteger("promises_outstanding")).isEqualTo(2);
        assertThat(ledger.getJsonObject("by_status").getInteger("queued")).isEqualTo(2);
        assertThat(ledger.getJsonObject("by_status").getInteger("canceled")).isOne();
        assertThat(OffsetDateTime.parse(ledger.getString("oldest_promise_at")))
                .isBefore(OffsetDateTime.now(ZoneOffset.UTC));
        assertThat(ledger.getInteger("violations")).isZero();
        assertThat(ledger.getBoolean("balanced")).isTrue();
    }

    @Test
    void counts_its_own_account_only() {
        accept("mine");
        String other = "Bearer " + TestAccounts.add(gateway, "neighbour", "messages:read", "messages:write");
        gateway.post("/v1/messages", "{\"to\":\"+15005550010\",\"text\":\"theirs\"}", "Authorization", other);

        assertThat(ledger().getInteger("accepted")).isOne();
        assertThat(json(gateway.get("/v1/ledger", "Authorization", other)).getInteger("accepted"))
                .isOne();
    }

    @Test
    void finds_a_message_that_lost_its_promise() {
        String id = accept("lost");
        gateway.sql().execute("DELETE FROM outbox WHERE message_id = '" + id + "'");

        assertThat(ledger().getInteger("violations")).isOne();
        assertThat(ledger().getBoolean("balanced")).isFalse();
    }

    @Test
    void finds_a_promise_that_outlived_its_message() {
        String id = accept("settled");
        gateway.sql().execute("UPDATE message SET status = 'sent', settled_at = now() WHERE id = '" + id + "'");

        assertThat(ledger().getInteger("violations")).isOne();
        assertThat(ledger().getBoolean("balanced")).isFalse();
    }

    @Test
    void finds_a_promise_without_a_message() {
        String id = accept("gone");
        gateway.sql().execute("DELETE FROM message WHERE id = '" + id + "'");

        assertThat(ledger().getInteger("violations")).isOne();
        assertThat(ledger().getBoolean("balanced")).isFalse();
    }

    private static String accept(String text) {
        return json(gateway.post(
                        "/v1/messages",
                        new JsonObject().put("to", "+15005550010").put("text", text)))
                .getString("id");
    }

    private static JsonObject ledger() {
        return json(gateway.get("/v1/ledger"));
    }
}
