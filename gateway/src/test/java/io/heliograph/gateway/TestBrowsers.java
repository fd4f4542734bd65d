package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.SimulatorAccount;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;

/** Browsers of users, as their {@code PushSubscription.toJSON()} gives them. */
final class TestBrowsers {
    static final String SECRET = "AAECAwQFBgcICQoLDA0ODw";

    private TestBrowsers() {}

    /** Told apart by their endpoints. */
    static JsonObject subscription(String name) {
        return new JsonObject()
                .put("endpoint", "https://push.example.com/send/" + name)
                .putNull("expirationTime")
                .put(
                        "keys",
                        new JsonObject()
                                // Any point of the curve.
                                .put("p256dh", SimulatorAccount.VAPID_PUBLIC_KEY)
                                .put("auth", SECRET));
    }

    static HttpResponse<String> put(RunningGateway gateway, String user, JsonObject subscription) {
        return TestUsers.send(gateway, "PUT", "/v1/users/" + user + "/push-subscriptions", subscription);
    }

    /** Answers its id. */
    static String subscribe(RunningGateway gateway, String user, String name) {
        HttpResponse<String> answer = put(gateway, user, subscription(name));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return RunningGateway.json(answer).getString("id");
    }
}
