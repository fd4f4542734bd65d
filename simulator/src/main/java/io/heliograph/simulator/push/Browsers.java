package io.heliograph.simulator.push;

import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Those that were made by the control API, by the last part of their endpoints. Shared by all event loops. */
public final class Browsers {
    private static final int BROWSERS_MAX = 10_000;

    private static final int NAME_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Browser> byToken = new ConcurrentHashMap<>();

    /** Makes one, at the push service on this origin; answers its subscription. */
    public JsonObject subscribe(String origin) {
        if (byToken.size() >= BROWSERS_MAX) {
            byToken.clear();
        }
        byte[] name = new byte[NAME_BYTES];
        random.nextBytes(name);
        String token = HexFormat.of().formatHex(name);
        Browser browser = Browser.make();
        Browser _ = byToken.put(token, browser);
        return browser.subscription(origin + PushRoutes.PREFIX + token);
    }

    /** Null for one that was made elsewhere. */
    @Nullable
    Browser of(String token) {
        return byToken.get(token);
    }
}
