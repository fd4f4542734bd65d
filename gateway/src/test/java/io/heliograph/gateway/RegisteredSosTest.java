package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a patient in India is told whom to call: as it is registered with the operators, and to be read by nobody else. */
class RegisteredSosTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final SosCalls SOS = new SosCalls(GATEWAY);
    private static final String ANN = "+15005550010";
    private static final String PATIENT = "+919876543210";
    private static final String TEMPLATE = "/v1/templates/sos_donor_found/sms/en";

    @BeforeEach
    void a_patient_in_india() {
        SOS.empty();
        JsonObject _ = TestUsers.put(GATEWAY, "patient", new JsonObject().put("phone", PATIENT));
        SOS.donor("ann", ANN, "O-", "Mumbai");
    }

    @Test
    void by_one_place_for_name_and_number_that_holds_asterisks() {
        register("Request T for {#var#} blood. Please call soon: {#var#}");

        share();

        assertThat(told()).isEqualTo("Request T for A+ blood. Please call soon: Name of ann, " + ANN);
        assertThat(stored()).contains("***").doesNotContain("5005550010", "Name of ann");
    }

    /** Each place has room for thirty characters: the two would have the name's beginning, and its end with the number. */
    @Test
    void by_the_number_alone_where_the_name_would_take_two_places() {
        JsonObject _ = SOS.putDonor(
                "ann",
                new JsonObject()
                        .put("blood_group", "O-")
                        .put("city", "Mumbai")
                        .put("name", "Annapurna Venkatanarasimharajuvaripeta"));
        register("Request T for {#var#} blood. Please call soon: {#var#}{#var#}");

        share();

        assertThat(told()).isEqualTo("Request T for A+ blood. Please call soon: " + ANN);
        assertThat(stored()).contains("***").doesNotContain("5005550010", "Venkata");
    }

    @Test
    void not_at_all_where_the_digits_would_have_a_place_of_their_own() {
        register("Request T for {#var#} blood. Please call soon: {#var#}{#numeric#}");

        share();

        assertThat(stored()).isEmpty();
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM sos_reveal")).isZero();
    }

    private static void register(String pattern) {
        JsonObject template = new JsonObject()
                .put("text", "Request T for {{blood_group}} blood. Please call soon: {{contact}}")
                .put(
                        "dlt",
                        new JsonObject()
                                .put("entity_id", "110100001")
                                .put("header", "HELIOG")
                                .put("template_id", "1107")
                                .put("pattern", pattern));
        assertThat(GATEWAY.send(GATEWAY.request(TEMPLATE + "/draft").PUT(BodyPublishers.ofString(template.encode())))
                        .statusCode())
                .isBetween(200, 201);
        assertThat(GATEWAY.post(TEMPLATE + "/publish", "").statusCode()).isBetween(200, 201);
    }

    private static void share() {
        JsonObject request = SOS.request("A+", "Mumbai");
        JsonObject _ = SOS.match(request);
        assertThat(SOS.respond(
                                SOS.response(request, "ann"),
                                new JsonObject().put("answer", "yes").put("share", true))
                        .statusCode())
                .isEqualTo(200);
    }

    /** As a worker would send it. */
    private static String told() {
        return GATEWAY.sql().text("SELECT with_secret(body, secret) FROM message WHERE recipient = '" + PATIENT + "'");
    }

    /** Everything that anybody can read of it. */
    private static String stored() {
        return GATEWAY.sql()
                .text(
                        "SELECT coalesce(string_agg(concat_ws(' ', body, content), '|'), '') FROM message WHERE recipient = '"
                                + PATIENT + "'");
    }
}
