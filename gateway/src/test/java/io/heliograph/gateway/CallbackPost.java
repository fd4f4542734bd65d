package io.heliograph.gateway;

import io.heliograph.contract.PlivoSignature;
import io.heliograph.contract.SimulatorAccount;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Callbacks as providers other than Twilio send them. */
final class CallbackPost {
    private static final String PLIVO = "/callbacks/plivo/status";
    private static final String NONCE = "12345";

    private CallbackPost() {}

    static HttpResponse<String> plivo(RunningGateway gateway, String query, MultiMap form) {
        return plivo(gateway, query, form, SimulatorAccount.PLIVO_AUTH_TOKEN);
    }

    static HttpResponse<String> plivo(RunningGateway gateway, String query, MultiMap form, String token) {
        String signature = new PlivoSignature(token).sign(RunningGateway.PUBLIC_URL + PLIVO + query, form, NONCE);
        return gateway.sendAsIs(gateway.request(PLIVO + query)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(PlivoSignature.NONCE_HEADER, NONCE)
                .header(PlivoSignature.HEADER, signature)
                .POST(BodyPublishers.ofString(encode(form))));
    }

    static MultiMap plivoForm(String messageUuid, String status, String to) {
        return MultiMap.caseInsensitiveMultiMap()
                .add("MessageUUID", messageUuid)
                .add("Status", status)
                .add("To", to)
                .add("From", "15005550006");
    }

    static HttpResponse<String> fast2sms(RunningGateway gateway, JsonObject report) {
        return gateway.sendAsIs(gateway.request(fast2smsPath())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(report.encode())));
    }

    static String fast2smsPath() {
        return "/callbacks/fast2sms/status/" + RunningGateway.CALLBACK_SECRET;
    }

    static HttpResponse<String> textlocal(RunningGateway gateway, String callRef, String number, String status) {
        return form(
                gateway,
                "POST",
                "/callbacks/textlocal/status/" + RunningGateway.CALLBACK_SECRET,
                MultiMap.caseInsensitiveMultiMap()
                        .add("customID", callRef)
                        .add("number", number)
                        .add("status", status)
                        .add("datetime", "2026-11-20 09:30:00"));
    }

    static HttpResponse<String> form(RunningGateway gateway, String method, String path, MultiMap form) {
        HttpRequest.Builder request = gateway.request(path).header("Content-Type", "application/x-www-form-urlencoded");
        return gateway.sendAsIs(request.method(method, BodyPublishers.ofString(encode(form))));
    }

    static String encode(MultiMap form) {
        return form.entries().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
