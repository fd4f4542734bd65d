package io.heliograph.gateway;

import io.heliograph.contract.TwilioSignature;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** What programs with one of Twilio's SDKs are told of a gateway: where it is, who they are, and a callback that it has signed. */
final class TwilioSdkEnvironment {
    private TwilioSdkEnvironment() {}

    static Map<String, String> of(RunningGateway gateway) {
        TwilioAccount account = TwilioAccount.of(gateway);
        return Map.of(
                "BASE_URL",
                "http://localhost:" + gateway.port(),
                "ACCOUNT_SID",
                account.sid(),
                "AUTH_TOKEN",
                account.token(),
                "API_KEY",
                RunningGateway.API_KEY,
                "READ_KEY",
                TestAccounts.add(gateway, "default", "messages:read"),
                "CALLBACK",
                callback(account).encode());
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
