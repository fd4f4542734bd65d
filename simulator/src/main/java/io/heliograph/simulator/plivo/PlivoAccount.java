package io.heliograph.simulator.plivo;

import io.heliograph.contract.PlivoSignature;
import io.heliograph.simulator.http.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The one account at Plivo: who may call, and what signs its callbacks. */
final class PlivoAccount {
    private final String authId;
    private final String authorization;
    private final PlivoDialect dialect;

    PlivoAccount(String authId, String authToken, RandomGenerator random) {
        this.authId = authId;
        byte[] pair = (authId + ':' + authToken).getBytes(StandardCharsets.UTF_8);
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(pair);
        this.dialect = new PlivoDialect(new PlivoSignature(authToken), random);
    }

    boolean admits(@Nullable String authorizationHeader) {
        return authorization.equals(authorizationHeader);
    }

    String path() {
        return PlivoRoutes.PREFIX + authId + '/';
    }

    String messages() {
        return path() + "Message/";
    }

    PlivoDialect dialect() {
        return dialect;
    }

    /** As the account's own resource has it. */
    String write(JsonText json) {
        json.raw(",\"account_type\":\"standard\",\"address\":\"\",\"auth_id\":").string(authId);
        json.raw(",\"auto_recharge\":false,\"billing_mode\":\"prepaid\",\"cash_credits\":\"100.00000\",\"city\":\"\"");
        json.raw(",\"name\":\"Simulator\",\"resource_uri\":").string(path());
        return json.raw(",\"state\":\"\",\"timezone\":\"UTC\"}").toString();
    }
}
