package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;

import com.twilio.http.NetworkHttpClient;
import com.twilio.http.TwilioRestClient;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpHost;

/** The first account as Twilio's SDKs know it. */
record TwilioAccount(RunningGateway gateway, String sid, String token) {
    static final String MESSAGING_SERVICE = "MG" + "0".repeat(32);

    static TwilioAccount of(RunningGateway gateway) {
        JsonObject account = json(gateway.get("/v1/account"));
        return new TwilioAccount(
                gateway, account.getString("twilio_account_sid"), account.getString("twilio_auth_token"));
    }

    /** Twilio's own SDK, as it is. */
    TwilioRestClient sdk() {
        return sdk(sid, token);
    }

    TwilioRestClient sdk(String user, String password) {
        return new TwilioRestClient.Builder(user, password)
                .accountSid(sid)
                // What the README tells to change.
                .httpClient(new NetworkHttpClient(HttpClientBuilder.create()
                        .setRoutePlanner(
                                (host, context) -> new HttpRoute(new HttpHost("http", "localhost", gateway.port())))))
                .build();
    }

    /** By hand, and held against the API's description. {@code path} is what follows the account's sid. */
    HttpResponse<String> get(String path, String... headers) {
        return gateway.send(
                gateway.request("/2010-04-01/Accounts/" + sid + path).GET(), with(headers));
    }

    HttpResponse<String> post(String path, String form, String... headers) {
        return gateway.send(
                gateway.request("/2010-04-01/Accounts/" + sid + path).POST(BodyPublishers.ofString(form)),
                with(headers));
    }

    HttpResponse<String> delete(String path) {
        return gateway.send(
                gateway.request("/2010-04-01/Accounts/" + sid + path).DELETE(), with());
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private String[] with(String... headers) {
        String[] all = new String[headers.length + 4];
        all[0] = "Content-Type";
        all[1] = "application/x-www-form-urlencoded";
        all[2] = "Authorization";
        all[3] = basic(sid, token);
        System.arraycopy(headers, 0, all, 4, headers.length);
        return all;
    }
}
