package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;

/** Sends one-time codes, and knows them. */
final class TestCodes {
    static final String NUMBER = "+14155550143";

    private final RunningGateway gateway;

    TestCodes(RunningGateway gateway) {
        this.gateway = gateway;
    }

    static JsonObject wanted(String to) {
        return new JsonObject().put("to", to).put("purpose", "login").put("app_name", "Acme");
    }

    /** The id of a pending verification. */
    String begin() {
        return begin(NUMBER);
    }

    String begin(String to) {
        return accepted(gateway.post("/v1/verifications", wanted(to))).getString("id");
    }

    static JsonObject accepted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return new JsonObject(answer.body());
    }

    /** The last code that was sent, which no worker has taken yet. */
    String code(String verification) {
        return gateway.sql()
                .text(
                        "SELECT m.secret FROM verification v JOIN message m ON m.id = v.message_ids[cardinality(v.message_ids)]"
                                + " WHERE v.id = '" + verification + "'");
    }

    /** Another code of that length. */
    String wrongCode(String verification) {
        String code = code(verification);
        return (code.charAt(0) == '9' ? '0' : (char) (code.charAt(0) + 1)) + code.substring(1);
    }

    /** The word that it is answered with. */
    String check(String verification, String code) {
        return status(checked(verification, code));
    }

    HttpResponse<String> checked(String verification, String code) {
        return gateway.post("/v1/verifications/" + verification + "/check", new JsonObject().put("code", code));
    }

    HttpResponse<String> resend(String verification) {
        return gateway.post("/v1/verifications/" + verification + "/resend", "");
    }

    /** As if so many seconds had passed since everything that has happened to it. */
    void age(String verification, int seconds) {
        String by = " - interval '" + seconds + " seconds'";
        gateway.sql()
                .execute("UPDATE verification SET created_at = created_at" + by + ", expires_at = expires_at" + by
                        + ", resend_at = resend_at" + by + " WHERE id = '" + verification + "'");
    }

    static String status(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body()).getString("status");
    }
}
