package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A number that several accounts write from is one number to the person: their STOP is a STOP to all of them. */
class SharedNumbersTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @BeforeEach
    void empty() {
        gateway.sql()
                .execute("DELETE FROM inbound_message; DELETE FROM suppression; DELETE FROM consent_change;"
                        + " DELETE FROM event_listening; DELETE FROM api_key WHERE account_id > 1;"
                        + " DELETE FROM account WHERE id > 1; DELETE FROM routing_table");
        gateway.sql()
                .execute("INSERT INTO account (id, name) OVERRIDING SYSTEM VALUE SELECT n, 'account-' || n"
                        + " FROM generate_series(1000, 1299) n");
    }

    @Test
    void stop_stops_everybody_who_has_written_from_that_number_and_is_answered_once() {
        wrote(1000, "'12345'", "1 day");
        wrote(1001, "'12345'", "2 days");
        wrote(1002, "NULL", "29 days");
        wrote(1003, "'54321'", "1 day");
        wrote(1004, "'12345'", "31 days");
        gateway.sql()
                .execute("INSERT INTO message (id, account_id, status, channel, lane, on_unknown, segments, encoding,"
                        + " created_at, expires_at, recipient, sender, body) VALUES (uuid_v7_now(), 1005, 'queued', 'sms',"
                        + " 'normal', 'fail', 1, 'gsm7', now(), now(), '" + InboundPost.PERSON + "', '12345', 'No')");
        gateway.sql().execute("INSERT INTO event_listening VALUES (1001, now() + interval '1 day')");

        InboundPost.twilio(gateway, "SM1", "Stop");

        assertThat(suppressed()).isEqualTo("1000 1001 1002");
        assertThat(gateway.sql().text("SELECT account_id FROM inbound_message")).isEqualTo("1000");
        assertThat(gateway.sql()
                        .text("SELECT string_agg(account_id::text, ' ') FROM message WHERE answers IS NOT NULL"))
                .isEqualTo("1000");
        assertThat(gateway.sql()
                        .text("SELECT string_agg(account_id || ' ' || change, ', ' ORDER BY account_id)"
                                + " FROM consent_change"))
                .isEqualTo("1000 opted_out, 1001 opted_out, 1002 opted_out");
        assertThat(gateway.sql().text("SELECT string_agg(account_id || ' ' || type, ', ') FROM event"))
                .isEqualTo("1001 consent.changed");
    }

    @Test
    void start_lets_all_of_them_write_again_however_long_ago_they_have_written() {
        wrote(1000, "'12345'", "2 days");
        wrote(1001, "'12345'", "1 day");
        InboundPost.twilio(gateway, "SM1", "Stop");
        gateway.sql()
                .execute(
                        "DELETE FROM message; INSERT INTO suppression (account_id, channel, person, sender, changed_by)"
                                + " VALUES (1002, 'sms', '" + InboundPost.PERSON + "', '12345', 'account'),"
                                + " (1003, 'sms', '" + InboundPost.PERSON + "', '54321', 'keyword')");

        InboundPost.twilio(gateway, "SM2", "Start");

        assertThat(suppressed()).isEqualTo("1002 1003");
        assertThat(gateway.sql()
                        .text("SELECT string_agg(account_id || ' ' || word, ', ' ORDER BY id) FROM inbound_message"))
                .isEqualTo("1001 stop, 1001 start");
        assertThat(gateway.sql().count("SELECT count(*) FROM message WHERE answers IS NOT NULL"))
                .isEqualTo(1);
    }

    @Test
    void whoever_wrote_is_found_among_hundreds_of_accounts() {
        String key = TestAccounts.add(gateway, "account-1250", "messages:read");
        wrote(1250, "'12345'", "3 days");
        gateway.sql().execute("ANALYZE message");

        InboundPost.twilio(gateway, "SM1", "Hello");

        assertThat(json(gateway.get("/v1/inbound", "Authorization", "Bearer " + key))
                        .getJsonArray("inbound"))
                .hasSize(1);
    }

    @Test
    void so_many_writers_of_one_person_are_bounded() {
        gateway.sql()
                .execute(
                        "INSERT INTO message (id, account_id, status, attempt, channel, lane, on_unknown, segments, encoding,"
                                + " created_at, expires_at, settled_at, recipient, sender, body)"
                                + " SELECT uuid_v7_now(), n, 'sent', 1, 'sms', 'normal', 'fail', 1, 'gsm7', now(), now(), now(), '"
                                + InboundPost.PERSON + "', '12345', 'Hi' FROM generate_series(1000, 1299) n");

        InboundPost.twilio(gateway, "SM1", "Stop");

        assertThat(gateway.sql().count("SELECT count(*) FROM suppression WHERE lifted_at IS NULL"))
                .isEqualTo(200);
    }

    private static void wrote(int account, String sender, String ago) {
        gateway.sql()
                .execute(
                        "INSERT INTO message (id, account_id, status, attempt, channel, lane, on_unknown, segments, encoding,"
                                + " created_at, expires_at, settled_at, recipient, sender, body) VALUES (uuid_v7_floor(now() - interval '"
                                + ago + "' + " + account + " * interval '1 ms'), " + account
                                + ", 'sent', 1, 'sms', 'normal', 'fail', 1, 'gsm7', now(), now(), now(), '"
                                + InboundPost.PERSON + "', " + sender + ", 'Hello')");
    }

    private static String suppressed() {
        return gateway.sql()
                .text("SELECT string_agg(account_id::text, ' ' ORDER BY account_id) FROM suppression"
                        + " WHERE lifted_at IS NULL AND person = '" + InboundPost.PERSON + "'");
    }
}
