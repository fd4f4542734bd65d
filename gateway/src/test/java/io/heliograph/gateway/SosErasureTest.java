package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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
