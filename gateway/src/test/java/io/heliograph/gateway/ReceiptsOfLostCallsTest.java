package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.contract.ReceiptKey;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Receipts of calls with many recipients whose worker died before it recorded anything of them. */
class ReceiptsOfLostCallsTest {
    private static final String ANN = "+919000000001";
    private static final String BOB = "+919000000002";

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    private final UUID claim = UUID.randomUUID();

    @Test
    void find_each_message_by_the_claim_of_the_first_and_its_own_number() {
        String ann = found(sending(ANN));
        String bob = found(sending(BOB));
        String callRef = callRef(ann);

        CallbackPost.plivo(gateway, "?c=" + callRef, CallbackPost.plivoForm("uuid-2", "delivered", "919000000002"));
        CallbackPost.textlocal(gateway, callRef, "919000000001", "U");

        assertThat(gateway.sql().state(bob)).isEqualTo("delivered settled");
        assertThat(gateway.sql().state(ann)).isEqualTo("undelivered settled");
    }

    @Test
    void find_a_message_of_fast2sms_where_the_first_of_its_call_was_recorded() {
        String ann = sending(ANN);
        String bob = found(sending(BOB));
        TestMessages.recordAttempt(gateway, ann, 1, "request-1");

        CallbackPost.fast2sms(
                gateway,
                new JsonObject()
                        .put("mobile", "9000000002")
                        .put("status", "Delivered")
                        .put("udf1", callRef(ann)));

        assertThat(gateway.sql().state(bob)).isEqualTo("delivered settled");
        assertThat(gateway.sql().state(ann)).isEqualTo("sending promised");
    }

    @Test
    void wait_until_the_message_is_found_to_be_lost() {
        String ann = sending(ANN);
        String bob = sending(BOB);

        CallbackPost.textlocal(gateway, callRef(ann), "919000000002", "D");
        assertThat(gateway.sql().state(bob)).isEqualTo("sending promised");

        String _ = found(bob);
        await().until(() -> gateway.sql().state(bob).equals("delivered settled"));
        assertThat(gateway.sql().text("SELECT message_id || ' ' || attempt FROM callback"))
                .isEqualTo(bob + " 1");
    }

    @Test
    void find_it_after_it_was_given_up() {
        String ann = found(sending(ANN));
        String bob = found(sending(BOB));
        gateway.sql()
                .execute(
                        "UPDATE message SET status = 'failed', reason = 'outcome_unknown', settled_at = now() WHERE id = '"
                                + bob + "'; DELETE FROM outbox WHERE message_id = '" + bob + "'");

        CallbackPost.textlocal(gateway, callRef(ann), "919000000002", "D");

        assertThat(gateway.sql().state(bob)).isEqualTo("delivered settled");
    }

    /** Only one of the two has left, perhaps: to take the other for it would lose it in silence. */
    @Test
    void say_nothing_of_two_messages_of_the_claim_to_one_number() {
        String ann = found(sending(ANN));
        String bob = found(sending(BOB));
        String alsoBob = sending(BOB);

        CallbackPost.textlocal(gateway, callRef(ann), "919000000002", "D");
        assertThat(gateway.sql().state(bob)).isEqualTo("unknown promised");
        assertThat(gateway.sql().state(alsoBob)).isEqualTo("sending promised");

        // Not even when both are found to be lost.
        String _ = found(alsoBob);
        CallbackPost.textlocal(gateway, callRef(ann), "919000000002", "P");
        assertThat(gateway.sql().state(bob)).isEqualTo("unknown promised");
        assertThat(gateway.sql().state(alsoBob)).isEqualTo("unknown promised");
    }

    @Test
    void are_about_the_first_message_where_they_tell_its_number() {
        String bob = found(sending(BOB));
        String alsoBob = found(sending(BOB));

        CallbackPost.textlocal(gateway, callRef(bob), "919000000002", "D");

        assertThat(gateway.sql().state(bob)).isEqualTo("delivered settled");
        assertThat(gateway.sql().state(alsoBob)).isEqualTo("unknown promised");
    }

    @Test
    void say_nothing_of_a_message_of_another_claim_or_attempt() {
        String ann = found(sending(ANN));
        String bob = sending(BOB);
        gateway.sql().execute("UPDATE message SET claim = gen_random_uuid() WHERE id = '" + bob + "'");
        String _ = found(bob);

        CallbackPost.textlocal(gateway, callRef(ann), "919000000002", "D");
        CallbackPost.textlocal(gateway, ReceiptKey.callRef(UUID.fromString(ann), 2), "919000000001", "D");

        assertThat(gateway.sql().state(bob)).isEqualTo("unknown promised");
        assertThat(gateway.sql().state(ann)).isEqualTo("unknown promised");
    }

    private String sending(String number) {
        String id = TestMessages.sending(gateway);
        gateway.sql()
                .execute("UPDATE message SET recipient = '" + number + "', claim = '" + claim + "' WHERE id = '" + id
                        + "'");
        return id;
    }

    /** As the worker does that finds it claimed by one that is gone. */
    private static String found(String id) {
        gateway.sql()
                .execute(
                        "INSERT INTO attempt (message_id, n, provider, outcome, code, started_at, finished_at, lost_claim)"
                                + " SELECT id, attempt, 'textlocal', 'unknown', 'worker_lost', now(), now(), claim FROM message"
                                + " WHERE id = '" + id + "';"
                                + " UPDATE message SET status = 'unknown', unknown_since = now() WHERE id = '" + id
                                + "'");
        return id;
    }

    private static String callRef(String first) {
        return ReceiptKey.callRef(UUID.fromString(first), 1);
    }
}
