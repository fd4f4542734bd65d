package io.heliograph.simulator.twilio;

import io.heliograph.simulator.http.Form;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether what a create asks for is well-formed, in the order in which Twilio looks. */
final class CreateRules {
    private static final int BODY_CHARACTERS_MAX = 1_600;
    private static final int MEDIA_MAX = 10;
    private static final int VALIDITY_SECONDS_MAX = 36_000;
    private static final Pattern MESSAGING_SERVICE = Pattern.compile("MG[0-9a-fA-F]{32}");
    private static final Pattern CONTENT = Pattern.compile("HX[0-9a-fA-F]{32}");

    private CreateRules() {}

    /** The first thing that is wrong, or null. */
    static @Nullable TwilioError check(CreateRequest request) {
        TwilioError error = missing(request);
        if (error == null) {
            error = addresses(request.to(), request.from());
        }
        if (error == null) {
            error = content(request);
        }
        return error != null ? error : options(request);
    }

    private static @Nullable TwilioError missing(CreateRequest request) {
        if (request.from() == null && request.messagingServiceSid() == null) {
            return TwilioError.of(21603);
        }
        if (request.to().isEmpty()) {
            return TwilioError.of(21604);
        }
        boolean empty = request.body().isEmpty()
                && request.mediaUrls().isEmpty()
                && request.form().given("ContentSid") == null;
        return empty ? TwilioError.of(request.form().get("Body") == null ? 21619 : 21602) : null;
    }

    private static @Nullable TwilioError addresses(String to, @Nullable String from) {
        if (!Address.isRecipient(to)) {
            return TwilioError.of(21211, "Invalid 'To' Phone Number: " + to);
        }
        if (from == null) {
            return null;
        }
        if (!Address.isSender(from)) {
            return TwilioError.of(21212, "Invalid From Number (caller ID): " + from);
        }
        if (!Address.channel(to).equals(Address.channel(from))) {
            return TwilioError.of(21910);
        }
        return to.equals(from) ? TwilioError.of(21266) : null;
    }

    private static @Nullable TwilioError content(CreateRequest request) {
        if (request.body().codePointCount(0, request.body().length()) > BODY_CHARACTERS_MAX) {
            return TwilioError.of(21617);
        }
        if (request.mediaUrls().size() > MEDIA_MAX) {
            return TwilioError.of(21623);
        }
        if (!request.mediaUrls().stream().allMatch(CreateRules::isUrl)) {
            return TwilioError.of(21620);
        }
        String contentSid = request.form().given("ContentSid");
        if (contentSid != null && !CONTENT.matcher(contentSid).matches()) {
            return TwilioError.of(21655);
        }
        String variables = request.form().given("ContentVariables");
        if (variables != null && contentSid == null) {
            return TwilioError.of(21654);
        }
        return variables == null || isJsonObject(variables) ? null : TwilioError.of(21656);
    }

    private static @Nullable TwilioError options(CreateRequest request) {
        Form form = request.form();
        String service = request.messagingServiceSid();
        if (service != null && !MESSAGING_SERVICE.matcher(service).matches()) {
            return TwilioError.of(21701);
        }
        if (request.statusCallback() != null && !isUrl(request.statusCallback())) {
            return TwilioError.of(21609, "The StatusCallback URL " + request.statusCallback() + " is not a valid URL.");
        }
        String validity = form.given("ValidityPeriod");
        return validity == null || isValidity(validity) ? null : TwilioError.of(21624);
    }

    private static boolean isValidity(String text) {
        try {
            int seconds = Integer.parseInt(text);
            return seconds >= 1 && seconds <= VALIDITY_SECONDS_MAX;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isJsonObject(String text) {
        try {
            return new JsonObject(text).size() >= 0;
        } catch (DecodeException | ClassCastException e) {
            return false;
        }
    }

    /** Absolute, and with a valid host: one with an underscore is none, to {@link URI} as to Twilio. */
    private static boolean isUrl(String text) {
        try {
            URI uri = URI.create(text);
            String scheme = uri.getScheme();
            return ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme)) && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
