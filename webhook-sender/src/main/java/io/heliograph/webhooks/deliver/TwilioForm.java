package io.heliograph.webhooks.deliver;

import io.heliograph.contract.MessageStatus;
import io.heliograph.contract.Reason;
import io.heliograph.contract.TwilioSignature;
import io.heliograph.contract.TwilioState;
import io.heliograph.webhooks.deliver.Delivery.StatusCallback;
import io.heliograph.webhooks.post.PostRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/** The status callback of one message as Twilio sends it, signed with the account's token. */
final class TwilioForm {
    private static final String API_VERSION = "2010-04-01";

    private TwilioForm() {}

    /** Empty when there is nothing to tell. */
    static Optional<PostRequest> of(StatusCallback callback, TwilioCredential credential) {
        JsonObject data = callback.event().data();
        MessageStatus status = MessageStatus.of(data.getString("status"));
        if (status == MessageStatus.UNKNOWN) {
            // Nobody knows yet; Twilio has no word for it, and one that is sure follows.
            return Optional.empty();
        }
        String reason = data.getString("reason");
        TwilioState state = TwilioState.of(status, reason == null ? null : Reason.of(reason), 1, false);
        MultiMap form = form(callback, credential, state);
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("Content-Type", "application/x-www-form-urlencoded")
                .add("User-Agent", "TwilioProxy/1.1")
                .add("I-Twilio-Idempotency-Token", callback.event().id().toString())
                .add(
                        TwilioSignature.HEADER,
                        new TwilioSignature(credential.authToken()).sign(signedUrl(callback.url()), form));
        return Optional.of(new PostRequest(callback.url(), headers, encode(form)));
    }

    private static MultiMap form(StatusCallback callback, TwilioCredential credential, TwilioState state) {
        JsonObject data = callback.event().data();
        String sid = (callback.hasMedia() ? "MM" : "SM") + data.getString("id").replace("-", "");
        MultiMap form = MultiMap.caseInsensitiveMultiMap()
                .add("AccountSid", credential.accountSid())
                .add("ApiVersion", API_VERSION)
                .add("MessageSid", sid)
                .add("MessageStatus", state.status())
                .add("SmsSid", sid)
                .add("SmsStatus", state.status())
                .add("To", address(data, "to"));
        if (data.containsKey("from")) {
            form.add("From", address(data, "from"));
        }
        String serviceSid = callback.messagingServiceSid();
        if (serviceSid != null) {
            form.add("MessagingServiceSid", serviceSid);
        }
        Integer errorCode = state.errorCode();
        if (errorCode != null) {
            form.add("ErrorCode", errorCode.toString());
        }
        return form;
    }

    private static String address(JsonObject data, String name) {
        String address = data.getString(name, "");
        return "whatsapp".equals(data.getString("channel")) ? "whatsapp:" + address : address;
    }

    /** A fragment never leaves, so it is not signed. */
    private static String signedUrl(String url) {
        int fragment = url.indexOf('#');
        return fragment < 0 ? url : url.substring(0, fragment);
    }

    private static Buffer encode(MultiMap form) {
        return Buffer.buffer(form.entries().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&")));
    }
}
