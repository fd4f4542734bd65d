package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.TwilioSignature;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Twilio's own Node SDK, as it is, against the gateway: what is tested stands in {@code src/test/node/twilio.test.mjs}. */
class TwilioNodeSdkTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @Test
    void works_as_with_twilio() {
        NodeProgram program = new NodeProgram("twilio.test.mjs");
        TwilioAccount account = TwilioAccount.of(gateway);
        String reader = TestAccounts.add(gateway, "default", "messages:read");

        NodeProgram.Result result = program.run(Map.of(
                "BASE_URL",
                "http://localhost:" + gateway.port(),
                "ACCOUNT_SID",
                account.sid(),
                "AUTH_TOKEN",
                account.token(),
                "API_KEY",
                RunningGateway.API_KEY,
                "READ_KEY",
                reader,
                "CALLBACK",
                callback(account).encode()));

        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    private static JsonObject callback(TwilioAccount account) {
        String url = "https://shop.example.com:8443/status?order=47%2011&a=b";
        MultiMap parameters = MultiMap.caseInsensitiveMultiMap()
                .add("MessageSid", "SM" + "1".repeat(32))
                .add("MessageStatus", "delivered")
                .add("AccountSid", account.sid())
                .add("To", "+15005550010");
        JsonObject json = new JsonObject();
        parameters.forEach((name, value) -> json.put(name, value));
        return new JsonObject()
                .put("url", url)
                .put("parameters", json)
                .put("signature", new TwilioSignature(account.token()).sign(url, parameters));
    }
}
