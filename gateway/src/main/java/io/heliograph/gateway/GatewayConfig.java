package io.heliograph.gateway;

import io.heliograph.address.AllowedAddresses;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.booking.symptoms.SymptomModel;
import io.heliograph.gateway.callbacks.CallbackRoutes;
import io.heliograph.gateway.events.stream.StreamLimits;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.inbox.stream.InboxStreamLimits;
import io.heliograph.gateway.notifications.verifications.VerificationSettings;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway needs to know.
 *
 * @param publicUrl what providers call back, without a slash at the end; it is part of what they sign
 * @param apiKey bootstraps the first account's key; null leaves the keys as they are
 * @param defaultRegion of numbers without a country code
 * @param eventLoops HTTP servers in this process, each with two database connections of its own
 * @param rowsWaitingMax messages that may wait for the database on one event loop before requests are refused
 * @param callbackProofs what providers' callbacks prove themselves with; of Twilio's tokens the current one comes first
 * @param streams how many may be open, and how slow their readers may be
 * @param inboxStreams likewise, of those that tell persons of their inboxes
 * @param erasureKey what the hashes of erased persons are keyed with; null where nobody can be erased
 * @param webhookAllow ranges of addresses at which endpoints may be though they are not public
 * @param pushAllow ranges of addresses at which push services may be though they are not public; then they may be called without encryption
 * @param verifications what holds for one-time codes
 * @param symptomModel is asked what troubles mean that no word tells; null: nobody is
 */
public record GatewayConfig(
        DatabaseUrl databaseUrl,
        int httpPort,
        int adminPort,
        String publicUrl,
        @Nullable String apiKey,
        String defaultRegion,
        int eventLoops,
        int rowsWaitingMax,
        CallbackRoutes.Proofs callbackProofs,
        StreamLimits streams,
        InboxStreamLimits inboxStreams,
        @Nullable String erasureKey,
        String webhookAllow,
        String pushAllow,
        VerificationSettings verifications,
        @Nullable SymptomModel symptomModel) {

    private static final int ERASURE_KEY_LENGTH_MIN = 16;
    private static final Duration SYMPTOM_MODEL_TIMEOUT_MAX = Duration.ofSeconds(4);
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    public static GatewayConfig read(Environment environment) {
        String publicUrl = publicUrl(environment);
        GatewayConfig config = new GatewayConfig(
                environment.databaseUrl("HELIOGRAPH_DATABASE_URL", "postgresql://postgres@localhost:5432/heliograph"),
                environment.port("HELIOGRAPH_HTTP_PORT", 8080),
                environment.port("HELIOGRAPH_ADMIN_PORT", 8081),
                publicUrl,
                apiKey(environment),
                defaultRegion(environment),
                environment.integer(
                        "HELIOGRAPH_EVENT_LOOPS", Runtime.getRuntime().availableProcessors(), 1, 64),
                environment.integer("HELIOGRAPH_ROWS_WAITING_MAX", 20_000, 1_000, 1_000_000),
                new CallbackRoutes.Proofs(
                        publicUrl,
                        twilioAuthTokens(environment, publicUrl),
                        plivoAuthTokens(environment, publicUrl),
                        UnsignedCallbacks.read(environment)),
                new StreamLimits(
                        environment.integer("HELIOGRAPH_STREAMS_MAX", 10_000, 1, 1_000_000),
                        environment.integer("HELIOGRAPH_STREAMS_PER_ACCOUNT_MAX", 1_000, 1, 1_000_000),
                        environment.duration("HELIOGRAPH_STREAM_SLOW_AFTER", Duration.ofSeconds(10))),
                new InboxStreamLimits(
                        environment.integer("HELIOGRAPH_INBOX_STREAMS_MAX", 10_000, 1, 1_000_000),
                        environment.integer("HELIOGRAPH_INBOX_STREAMS_PER_ACCOUNT_MAX", 10_000, 1, 1_000_000),
                        environment.duration("HELIOGRAPH_STREAM_SLOW_AFTER", Duration.ofSeconds(10))),
                erasureKey(environment, publicUrl),
                allowed(environment, "HELIOGRAPH_WEBHOOK_ALLOW"),
                allowed(environment, "HELIOGRAPH_PUSH_ALLOW"),
                VerificationSettings.read(environment),
                symptomModel(environment));
        environment.check();
        return config;
    }

    private static String publicUrl(Environment environment) {
        String text = environment.text("HELIOGRAPH_PUBLIC_URL", "http://localhost:8080");
        if (!isWebUrl(text)) {
            environment.mistake(
                    "HELIOGRAPH_PUBLIC_URL", "wants a URL such as https://gateway.example.com, got \"" + text + "\"");
        }
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static @Nullable SymptomModel symptomModel(Environment environment) {
        String url = environment.text("HELIOGRAPH_SYMPTOM_MODEL_URL", "");
        String token = environment.secret("HELIOGRAPH_SYMPTOM_MODEL_TOKEN");
        Duration timeout = environment.duration("HELIOGRAPH_SYMPTOM_MODEL_TIMEOUT", Duration.ofMillis(1_500));
        if (!url.isEmpty() && !isWebUrl(url)) {
            environment.mistake(
                    "HELIOGRAPH_SYMPTOM_MODEL_URL", "wants a URL such as https://model.example.com/symptoms");
        }
        // A person waits, and a transaction with them.
        if (timeout.compareTo(SYMPTOM_MODEL_TIMEOUT_MAX) > 0 || timeout.isZero()) {
            environment.mistake(
                    "HELIOGRAPH_SYMPTOM_MODEL_TIMEOUT",
                    "wants a time up to " + SYMPTOM_MODEL_TIMEOUT_MAX.toSeconds() + "s");
        }
        return url.isEmpty() ? null : new SymptomModel(url, token, timeout);
    }

    private static boolean isWebUrl(String text) {
        try {
            URI uri = URI.create(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static @Nullable String apiKey(Environment environment) {
        String key = environment.secret("HELIOGRAPH_API_KEY");
        if (key != null && !ApiKeys.isKey(key)) {
            environment.mistake("HELIOGRAPH_API_KEY", "wants 1 to 200 printable ASCII characters without spaces");
        }
        return key;
    }

    private static String defaultRegion(Environment environment) {
        String region = environment.text("HELIOGRAPH_DEFAULT_REGION", "US");
        if (!Recipients.isRegion(region)) {
            environment.mistake(
                    "HELIOGRAPH_DEFAULT_REGION",
                    "wants a two-letter country code such as US or IN, got \"" + region + "\"");
        }
        return region;
    }

    /** The simulator's token is published with this code: whoever can reach the gateway could sign receipts with it. */
    private static List<String> twilioAuthTokens(Environment environment, String publicUrl) {
        String current = environment.secret("TWILIO_AUTH_TOKEN");
        String previous = environment.secret("TWILIO_AUTH_TOKEN_PREVIOUS");
        if (current == null && isWebUrl(publicUrl) && !isOnThisMachine(publicUrl)) {
            environment.mistake(
                    "TWILIO_AUTH_TOKEN",
                    "must be set to the token that your provider signs callbacks with, unless HELIOGRAPH_PUBLIC_URL is on"
                            + " localhost: only there the simulator's token, which everyone knows, is taken");
        }
        return Stream.of(current == null ? SimulatorAccount.AUTH_TOKEN : current, previous)
                .filter(Objects::nonNull)
                .toList();
    }

    /** None where nobody sends by Plivo. */
    private static List<String> plivoAuthTokens(Environment environment, String publicUrl) {
        String token = environment.secret("PLIVO_AUTH_TOKEN");
        String previous = environment.secret("PLIVO_AUTH_TOKEN_PREVIOUS");
        boolean simulated = token == null && isWebUrl(publicUrl) && isOnThisMachine(publicUrl);
        return Stream.of(simulated ? SimulatorAccount.PLIVO_AUTH_TOKEN : token, previous)
                .filter(Objects::nonNull)
                .toList();
    }

    /** On this machine alone everybody may know it. */
    private static @Nullable String erasureKey(Environment environment, String publicUrl) {
        String key = environment.secret("HELIOGRAPH_ERASURE_KEY");
        if (key != null && key.length() < ERASURE_KEY_LENGTH_MIN) {
            environment.mistake(
                    "HELIOGRAPH_ERASURE_KEY",
                    "wants at least " + ERASURE_KEY_LENGTH_MIN + " characters, at random: whoever guesses it can try"
                            + " numbers out on what is kept of erased persons");
        }
        return key == null && isWebUrl(publicUrl) && isOnThisMachine(publicUrl) ? "erasure-key-of-this-machine" : key;
    }

    private static String allowed(Environment environment, String variable) {
        String ranges = environment.text(variable, "");
        try {
            AllowedAddresses _ = AllowedAddresses.beside(ranges);
        } catch (IllegalArgumentException _) {
            environment.mistake(variable, "wants ranges such as 10.1.0.0/16, separated by commas");
        }
        return ranges;
    }

    private static boolean isOnThisMachine(String webUrl) {
        return LOOPBACK.matcher(URI.create(webUrl).getHost()).matches();
    }
}
