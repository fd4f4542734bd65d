package io.heliograph.gateway;

import io.heliograph.contract.PlivoSignature;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.contract.TwilioSignature;
import io.vertx.core.MultiMap;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** People's messages as providers bring them. */
final class InboundPost {
    static final String PERSON = "+15005550010";
    /** Keywords to long codes are answered by Twilio itself, those to short codes by us. */
    static final String SHORT_CODE = "12345";

    private static final String TWILIO = "/callbacks/twilio/inbound";
    private static final String PLIVO = "/callbacks/plivo/inbound";
    private static final String NONCE = "12345";

    private InboundPost() {}

    /** A text message to the short code. */
    static HttpResponse<String> twilio(RunningGateway gateway, String sid, String body) {
        return twilio(gateway, twilioForm(sid, SHORT_CODE, body));
    }

    static MultiMap twilioForm(String sid, String to, String body) {
        String prefix = to.startsWith("whatsapp:") ? "whatsapp:" : "";
        return MultiMap.caseInsensitiveMultiMap()
                .add("AccountSid", SimulatorAccount.ACCOUNT_SID)
                .add("ApiVersion", "2010-04-01")
                .add("From", prefix + PERSON)
                .add("To", to)
                .add("MessageSid", sid)
                .add("SmsStatus", "received")
                .add("NumMedia", "0")
                .add("FromZip", "")
                .add("Body", body);
    }

    static HttpResponse<String> twilio(RunningGateway gateway, MultiMap form) {
        return twilio(gateway, form, SimulatorAccount.AUTH_TOKEN);
    }

    static HttpResponse<String> twilio(RunningGateway gateway, MultiMap form, String token) {
        return gateway.sendAsIs(gateway.request(TWILIO)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .header(
                        TwilioSignature.HEADER,
                        new TwilioSignature(token).sign(RunningGateway.PUBLIC_URL + TWILIO, form))
                .POST(BodyPublishers.ofString(CallbackPost.encode(form))));
    }

    static HttpResponse<String> plivo(RunningGateway gateway, String uuid, String body) {
        MultiMap form = MultiMap.caseInsensitiveMultiMap()
                .add("From", PERSON.substring(1))
                .add("To", "15005550006")
                .add("MessageUUID", uuid)
                .add("Text", body)
                .add("Type", "sms");
        return gateway.sendAsIs(gateway.request(PLIVO)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(PlivoSignature.NONCE_HEADER, NONCE)
                .header(
                        PlivoSignature.HEADER,
                        new PlivoSignature(SimulatorAccount.PLIVO_AUTH_TOKEN)
                                .sign(RunningGateway.PUBLIC_URL + PLIVO, form, NONCE))
                .POST(BodyPublishers.ofString(CallbackPost.encode(form))));
    }

    static HttpResponse<String> textlocal(RunningGateway gateway, String body) {
        return CallbackPost.form(
                gateway,
                "POST",
                "/callbacks/textlocal/inbound/" + RunningGateway.CALLBACK_SECRET,
                MultiMap.caseInsensitiveMultiMap()
                        .add("sender", PERSON.substring(1))
                        .add("inNumber", "15005550006")
                        .add("content", body));
    }
}
