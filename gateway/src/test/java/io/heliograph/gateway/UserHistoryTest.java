package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a user was sent and what they wrote back, in one line of time. */
class UserHistoryTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final String PATH = "/v1/users/ann/messages";

    @BeforeEach
    void ann() {
        GATEWAY.sql().execute("DELETE FROM inbound_message; DELETE FROM consent_change");
        TestUsers.ann(GATEWAY);
    }

    /** By email an order, a message to the number, what Ann answers; and what is somebody else's. */
    private static void anns_day() {
        assertThat(TestUsers.ordered(GATEWAY, "email")).isEqualTo("accepted");
        String _ = TestMessages.queued(GATEWAY);
        wrote("My table, please");
        String _ = TestMessages.queued(GATEWAY, "+15005550011");
    }

    private static void wrote(String text) {
        GATEWAY.sql()
                .execute(
                        "INSERT INTO inbound_message (id, account_id, received_at, provider, channel, sender, recipient, body, dedupe_key,"
                                + " fields) SELECT uuid_v7_now(), id, now(), 'twilio', 'sms', '" + TestUsers.PHONE
                                + "', '12345', '" + text
                                + "', gen_random_uuid(), '{}' FROM account WHERE name = 'default'");
    }

    @Test
    void tells_newest_first_what_was_told_sent_and_written() {
        anns_day();

        List<JsonObject> found = messages(TestUsers.get(GATEWAY, PATH));

        assertThat(found)
                .extracting(one -> one.getString("direction"))
                .containsExactly("inbound", "outbound", "outbound");
        assertThat(found).extracting(one -> one.getString("channel")).containsExactly("sms", "sms", "email");
        assertThat(found.getFirst().getString("text")).isEqualTo("My table, please");
        assertThat(found.getFirst().getString("from")).isEqualTo(TestUsers.PHONE);
        assertThat(found.get(1).getString("to")).isEqualTo(TestUsers.PHONE);
        assertThat(found.get(2).getString("notification_type")).isEqualTo("order_created");
        assertThat(found.get(2).getString("notification_id")).isNotNull();
    }

    @Test
    void shows_a_message_as_the_list_of_messages_does() {
        anns_day();
        JsonObject listed = TestUsers.get(GATEWAY, "/v1/messages?to=%2B15005550010")
                .getJsonArray("messages")
                .getJsonObject(0);

        JsonObject shown = messages(TestUsers.get(GATEWAY, PATH + "?channel=sms&direction=outbound"))
                .getFirst();

        assertThat(shown.getMap()).containsAllEntriesOf(listed.getMap());
    }

    @Test
    void filters_by_direction_channel_status_type_and_time() {
        anns_day();
        TestMessages.in(GATEWAY, "sent", 1);

        assertThat(count("?direction=inbound")).isEqualTo(1);
        assertThat(count("?direction=outbound")).isEqualTo(3);
        assertThat(count("?channel=email")).isEqualTo(1);
        assertThat(count("?channel=sms")).isEqualTo(3);
        assertThat(count("?status=sent")).isEqualTo(1);
        assertThat(count("?type=order_created")).isEqualTo(1);
        assertThat(count("?type=order_eaten")).isZero();
        assertThat(count("?created_after=2100-01-01T00:00:00Z")).isZero();
        assertThat(count("?created_before=2020-01-01T00:00:00Z")).isZero();
        assertThat(count("?created_after=2020-01-01T00:00:00Z")).isEqualTo(4);
    }

    @Test
    void goes_on_from_page_to_page_over_all_that_there_is() {
        for (int i = 0; i < 3; i++) {
            anns_day();
            wrote("And " + i);
        }
        List<String> whole = ids(messages(TestUsers.get(GATEWAY, PATH)));

        List<String> paged = new ArrayList<>();
        String cursor = null;
        do {
            JsonObject page = TestUsers.get(GATEWAY, PATH + "?limit=2" + (cursor == null ? "" : "&cursor=" + cursor));
            paged.addAll(ids(messages(page)));
            cursor = page.getString("next_cursor");
        } while (cursor != null);

        assertThat(paged).containsExactlyElementsOf(whole).hasSizeGreaterThan(7);
    }

    @Test
    void leaves_to_each_of_two_users_of_one_number_what_they_were_told() {
        JsonObject _ = TestUsers.put(GATEWAY, "bob", new JsonObject().put("phone", TestUsers.PHONE));
        anns_day();
        GATEWAY.sql().execute("UPDATE message SET recipient = '" + TestUsers.PHONE + "' WHERE channel = 'email'");

        assertThat(messages(TestUsers.get(GATEWAY, "/v1/users/bob/messages")))
                .extracting(one -> one.getString("notification_type"))
                .containsOnlyNulls();
    }

    @Test
    void shows_what_was_scrubbed_without_what_it_said() {
        anns_day();
        GATEWAY.sql()
                .execute(
                        "UPDATE message SET body = '', recipient = '', content = NULL, redacted_at = now() WHERE user_id = 'ann'");

        JsonObject scrubbed =
                messages(TestUsers.get(GATEWAY, PATH + "?type=order_created")).getFirst();

        assertThat(scrubbed.getString("to") + scrubbed.getString("text")).isEmpty();
        assertThat(scrubbed.getString("redacted_at")).isNotNull();
    }

    @Test
    void is_masked_for_whoever_runs_the_account_and_reads_no_messages() {
        anns_day();
        String key = "Bearer " + TestAccounts.add(GATEWAY, "default", "admin");

        HttpResponse<String> answer = GATEWAY.get(PATH, "Authorization", key);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("+1****0010", "a****@example.com")
                .doesNotContain(TestUsers.PHONE, "ann@", "My table", "Hello", "A17");
    }

    @Test
    void is_for_nobody_who_only_sends() {
        String key = "Bearer " + TestAccounts.add(GATEWAY, "default", "messages:write");

        assertThat(GATEWAY.get(PATH, "Authorization", key).statusCode()).isEqualTo(403);
    }

    @Test
    void knows_only_the_accounts_own_users_and_refuses_what_is_no_query() {
        anns_day();
        String key = "Bearer " + TestAccounts.add(GATEWAY, "neighbour", "messages:read");

        assertThat(GATEWAY.get(PATH, "Authorization", key).statusCode()).isEqualTo(404);
        assertThat(json(GATEWAY.get("/v1/users/nobody/messages")).getString("code"))
                .isEqualTo("unknown_user");
        assertThat(GATEWAY.get("/v1/users/%00/messages").statusCode()).isEqualTo(400);
        assertThat(json(GATEWAY.get(PATH + "?channel=pigeon&status=lost&limit=0&cursor=x&colour=red"))
                        .getJsonArray("errors"))
                .hasSize(5);
    }

    private static int count(String query) {
        return messages(TestUsers.get(GATEWAY, PATH + query)).size();
    }

    private static List<JsonObject> messages(JsonObject page) {
        JsonArray messages = page.getJsonArray("messages");
        return messages.stream().map(JsonObject.class::cast).toList();
    }

    private static List<String> ids(List<JsonObject> messages) {
        return messages.stream().map(one -> one.getString("id")).toList();
    }
}
