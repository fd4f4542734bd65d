package io.heliograph.gateway;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.contract.TwilioSignature;
import io.vertx.core.MultiMap;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A status callback as Twilio sends it: a form, signed over the URL that it was told to call. */
final class TwilioPost {
    private static final String PATH = "/callbacks/twilio/status";

    private final MultiMap form = MultiMap.caseInsensitiveMultiMap();
    private String query = "";
    private String publicUrl = RunningGateway.PUBLIC_URL;
    private String authToken = SimulatorAccount.AUTH_TOKEN;
    private @Nullable String signature;
    private @Nullable String idempotencyToken;

    private TwilioPost() {}

    static TwilioPost of(String sid, String status) {
        return new TwilioPost()
                .with("AccountSid", SimulatorAccount.ACCOUNT_SID)
                .with("ApiVersion", "2010-04-01")
                .with("From", SimulatorAccount.PHONE_NUMBER)
                .with("To", "+15005550010")
                .with("MessageSid", sid)
                .with("MessageStatus", status)
                .with("SmsSid", sid)
                .with("SmsStatus", status);
    }

    static TwilioPost withoutFields() {
        return new TwilioPost();
    }

    TwilioPost with(String name, String value) {
        form.add(name, value);
        return this;
    }

    /** With the callback URL that names message and attempt. */
    TwilioPost about(String messageId, int attempt) {
        return withQuery("?m=" + messageId + "&a=" + attempt);
    }

    TwilioPost withQuery(String text) {
        query = text;
        return this;
    }

    TwilioPost withToken(String token) {
        idempotencyToken = token;
        return this;
    }

    TwilioPost signedFor(String url) {
        publicUrl = url;
        return this;
    }

    TwilioPost signedWith(String token) {
        authToken = token;
        return this;
    }

    TwilioPost withSignature(String text) {
        signature = text;
        return this;
    }

    HttpResponse<String> to(RunningGateway gateway) {
        HttpRequest.Builder request = gateway.request(PATH + query)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .header(TwilioSignature.HEADER, signature == null ? sign() : signature)
                .POST(BodyPublishers.ofString(body()));
        if (idempotencyToken != null) {
            request.header("I-Twilio-Idempotency-Token", idempotencyToken);
        }
        return gateway.sendAsIs(request);
    }

    String sign() {
        return new TwilioSignature(authToken).sign(publicUrl + PATH + query, form);
    }

    String body() {
        return form.entries().stream().map(TwilioPost::encode).collect(Collectors.joining("&"));
    }

    private static String encode(Map.Entry<String, String> field) {
        return URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8);
    }
}
