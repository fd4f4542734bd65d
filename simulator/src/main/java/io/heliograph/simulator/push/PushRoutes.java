package io.heliograph.simulator.push;

import io.heliograph.simulator.calls.Asking;
import io.heliograph.simulator.calls.Problem;
import io.heliograph.simulator.calls.TakeCall;
import io.heliograph.simulator.calls.Wanted;
import io.heliograph.simulator.http.Bodies;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.ledger.ProviderCall;
import io.heliograph.simulator.script.Stage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A push service (RFC 8030): {@code POST /push/TOKEN}. A token that begins with {@code gone} is that of a subscription which has ended, one that
 * begins with {@code unknown} of none.
 */
public final class PushRoutes {
    public static final String PREFIX = "/push/";

    private static final int BODY_BYTES_MAX = 4_096;
    /** Salt, size, a public key, and the seal of a text without a character. */
    private static final int BODY_BYTES_MIN = 103;

    private static final int UUID_BYTES = 16;
    private static final Pattern TTL = Pattern.compile("[0-9]{1,10}");
    private static final Pattern TOPIC = Pattern.compile("[\\w-]{1,32}");
    private static final Pattern URGENCY = Pattern.compile("very-low|low|normal|high");
    private static final List<String> TOLD = List.of("TTL", "Urgency", "Topic", "Content-Encoding");

    private final Stage stage;
    private final VapidCheck vapid;
    private final Browsers browsers;
    private final TakeCall take;
    private final PushReplies replies = new PushReplies();

    /** {@code vapidPublicKey} is what all browsers have subscribed with. */
    public PushRoutes(Stage stage, String vapidPublicKey, Browsers browsers, TakeCall take, InstantSource clock) {
        this.stage = stage;
        this.vapid = new VapidCheck(vapidPublicKey, clock);
        this.browsers = browsers;
        this.take = take;
    }

    /** As the caller knows it. */
    public static String origin(HttpServerRequest http) {
        return http.scheme() + "://"
                + (http.authority() == null ? "" : http.authority().toString());
    }

    public void handle(HttpServerRequest http) {
        if (!HttpMethod.POST.equals(http.method())) {
            replies.refuse(http, PushReplies.problem(405, "There is only POST"));
            return;
        }
        Bodies.read(
                http,
                body -> push(http, body),
                () -> replies.refuse(http, PushReplies.problem(413, "The body is too large")));
    }

    private void push(HttpServerRequest http, Buffer body) {
        String token = http.path().substring(PREFIX.length());
        Map<String, String> details = new TreeMap<>();
        TOLD.stream()
                .filter(name -> http.headers().contains(name))
                .forEach(name -> details.put(name, http.getHeader(name)));
        ProviderCall call = new ProviderCall(Provider.WEBPUSH, null, http.getHeader("Topic"), details);
        Wanted wanted = new Wanted(token, token, text(token, body), true);
        Asking asking = new Asking(
                http,
                stage.scene(),
                call,
                identity(http.getHeader("Topic")),
                List.of(wanted),
                false,
                problem(http, token, body));
        take.take(asking, new PushVoice(replies));
    }

    private @Nullable Problem problem(HttpServerRequest http, String token, Buffer body) {
        Problem unfit = unfit(http, body);
        if (unfit != null) {
            return unfit;
        }
        Problem stranger = vapid.problem(http);
        if (stranger != null) {
            return stranger;
        }
        if (token.startsWith("gone")) {
            return PushReplies.problem(410, "The subscription has ended");
        }
        return token.isEmpty() || token.startsWith("unknown")
                ? PushReplies.problem(404, "There is no such subscription")
                : null;
    }

    private static @Nullable Problem unfit(HttpServerRequest http, Buffer body) {
        if (body.length() > BODY_BYTES_MAX) {
            return PushReplies.problem(413, "The body is larger than 4096 bytes");
        }
        boolean fits = matches(TTL, http.getHeader("TTL"), false)
                && matches(TOPIC, http.getHeader("Topic"), true)
                && matches(URGENCY, http.getHeader("Urgency"), true)
                && "aes128gcm".equals(http.getHeader("Content-Encoding"))
                && body.length() >= BODY_BYTES_MIN;
        return fits ? null : PushReplies.problem(400, "TTL, Topic, Urgency, Content-Encoding or the body is wrong");
    }

    private static boolean matches(Pattern pattern, @Nullable String value, boolean mayBeMissing) {
        return value == null ? mayBeMissing : pattern.matcher(value).matches();
    }

    /** What the person reads, where the browser is one of ours; else what came, in base64url. */
    private String text(String token, Buffer body) {
        Browser browser = browsers.of(token);
        String read = browser == null ? null : browser.read(body);
        return read == null ? Base64.getUrlEncoder().withoutPadding().encodeToString(body.getBytes()) : read;
    }

    /** A topic may be a UUID in few characters. */
    private static @Nullable String identity(@Nullable String topic) {
        try {
            byte[] bytes = topic == null ? new byte[0] : Base64.getUrlDecoder().decode(topic);
            if (bytes.length != UUID_BYTES) {
                return topic;
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new UUID(buffer.getLong(), buffer.getLong()).toString();
        } catch (IllegalArgumentException e) {
            return topic;
        }
    }
}
