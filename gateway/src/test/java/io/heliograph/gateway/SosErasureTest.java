package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A donor and a patient are told all that is known of them, and are forgotten; what happened stays. */
class SosErasureTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final SosCalls SOS = new SosCalls(GATEWAY);

    private JsonObject request = new JsonObject();

    @BeforeEach
    void ann_helps() {
        SOS.empty();
        SOS.donor("ann", "+15005550010", "O-", "Mumbai");
        SOS.donor("bob", "+15005550011", "O-", "Mumbai");
        request = SOS.request(SosCalls.wish("A+", "Mumbai")
                .put("units", 2)
                .put("hospital", "City Hospital")
                .put("area", "Bandra"));
        JsonObject _ = SOS.match(request);
        assertThat(SOS.respond(
                                SOS.response(request, "ann"),
                                new JsonObject().put("answer", "yes").put("share", true))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_donor_is_told_all_and_leaves_their_answer_behind_as_nobodys() {
        JsonObject export = TestUsers.get(GATEWAY, "/v1/users/ann/export");
        assertThat(export.getJsonObject("donor").getString("name")).isEqualTo("Name of ann");
        assertThat(export.getJsonArray("sos_responses")).hasSize(1);
        assertThat(export.getJsonArray("sos_reveals")).hasSize(1);

        JsonObject proof = json(TestUsers.delete(GATEWAY, "/v1/users/ann"));

        assertThat(proof.getJsonObject("counts").getMap())
                .containsEntry("donor", 1)
                .containsEntry("sos_response", 1)
                .containsEntry("sos_reveal", 1);
        assertThat(SOS.statistics(request).getInteger("shared")).isEqualTo(1);
        for (String table : new String[] {"donor", "sos_request", "sos_response", "sos_reveal"}) {
            assertThat(rows(table)).as(table).doesNotContain("5005550010", "ann");
        }
    }

    @Test
    void what_was_to_tell_the_patient_of_an_erased_donor_is_taken_back() {
        assertThat(SOS.toldPatient()).contains("5005550010");

        HttpResponse<String> _ = TestUsers.delete(GATEWAY, "/v1/users/ann");

        assertThat(GATEWAY.sql()
                        .text(
                                "SELECT concat_ws(' ', status, secret, (SELECT count(*) FROM outbox o WHERE o.message_id = m.id))"
                                        + " FROM message m WHERE notification_type = 'sos_donor_found'"))
                .isEqualTo("canceled 0");
        assertThat(TestUsers.get(GATEWAY, "/v1/ledger").getLong("violations")).isZero();
    }

    @Test
    void what_is_telling_the_patient_of_an_erased_donor_is_told_once() {
        GATEWAY.sql()
                .execute("UPDATE message SET status = 'sending', attempt = 1, claimed_at = now()"
                        + " WHERE notification_type = 'sos_donor_found'");

        HttpResponse<String> _ = TestUsers.delete(GATEWAY, "/v1/users/ann");

        assertThat(GATEWAY.sql()
                        .count("SELECT count(*) FROM message WHERE notification_type = 'sos_donor_found'"
                                + " AND status = 'sending' AND expires_at <= now()"))
                .isOne();
        assertThat(rows("sos_reveal")).contains("ann");
        GATEWAY.sql()
                .execute("UPDATE message SET status = 'sent', sent_at = now(), settled_at = now()"
                        + " WHERE notification_type = 'sos_donor_found'; DELETE FROM outbox");
        await().atMost(Duration.ofSeconds(30)).until(() -> !rows("sos_reveal").contains("ann"));
        assertThat(rows("message")).doesNotContain("5005550010");
    }

    @Test
    void a_patient_is_told_all_and_nobody_is_asked_for_them_any_more() {
        JsonArray requests = TestUsers.get(GATEWAY, "/v1/users/patient/export").getJsonArray("sos_requests");
        assertThat(requests.getJsonObject(0).getString("hospital")).isEqualTo("City Hospital");

        JsonObject proof = json(TestUsers.delete(GATEWAY, "/v1/users/patient"));

        assertThat(proof.getJsonObject("counts").getInteger("sos_request")).isEqualTo(1);
        assertThat(SOS.shown(request).getString("status")).isEqualTo("closed");
        assertThat(rows("sos_request")).doesNotContain("patient", "City Hospital", "Bandra");
        assertThat(rows("sos_reveal")).doesNotContain("patient");
        SosEndingTest.awaitWoundUp(GATEWAY);
        assertThat(SOS.response(request, "bob").getJsonObject("message").getString("status"))
                .isEqualTo("canceled");
    }

    private static String rows(String table) {
        return GATEWAY.sql().text("SELECT coalesce(string_agg(t::text, ' '), '') FROM " + table + " t");
    }
}
