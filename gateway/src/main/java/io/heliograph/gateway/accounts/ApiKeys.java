package io.heliograph.gateway.accounts;

import io.heliograph.gateway.http.Problem;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Knows every API key by its hash, in memory, so that a request costs no look-up and a database that is down does not turn
 * good keys into bad ones. A new or revoked key takes effect with the next refresh.
 */
public final class ApiKeys {
    /** A new or revoked key takes effect within this time. */
    public static final Duration REFRESH_INTERVAL = Duration.ofSeconds(2);

    private static final String BEARER = "Bearer ";
    private static final int KEY_LENGTH_MAX = 200;
    private static final Pattern KEY = Pattern.compile("[!-~]{1," + KEY_LENGTH_MAX + "}");

    private final Pool pool;
    private volatile Map<Buffer, Caller> keys = Map.of();

    public ApiKeys(Pool pool) {
        this.pool = pool;
    }

    /** Whether it could be a key: what a header can carry. */
    public static boolean isKey(String text) {
        return KEY.matcher(text).matches();
    }

    /** The first account and its key, with every scope, from the configuration. */
    public Future<Void> bootstrap(@Nullable String key) {
        return key == null
                ? Future.succeededFuture()
                : AccountStore.addKey(pool, hash(key), "default", EnumSet.allOf(Scope.class));
    }

    public Future<Integer> refresh() {
        return AccountStore.allKeys(pool).map(found -> {
            keys = found;
            return found.size();
        });
    }

    /**
     * Comes before the handler that reads the body: bodies of strangers, half sent and held open, would fill the heap. What needs
     * no key brings no body.
     */
    public void beforeBody(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader("Content-Length");
        boolean bringsBody = (length != null && !length.equals("0"))
                || request.headers().contains("Transfer-Encoding")
                // HTTP/2 needs neither of the two.
                || (request.version() == HttpVersion.HTTP_2
                        && !request.isEnded()
                        && !request.method().equals(HttpMethod.OPTIONS));
        if (bringsBody && find(request.getHeader("Authorization")) == null) {
            throw Problem.unauthorized().exception();
        }
        context.next();
    }

    /** Who calls. Throws the problem of a request without a valid key, or with one that lacks the scope. */
    public Caller require(RoutingContext context, Scope scope) {
        Caller caller = find(context.request().getHeader("Authorization"));
        if (caller == null) {
            throw Problem.unauthorized().exception();
        }
        if (!caller.scopes().contains(scope)) {
            throw Problem.scopeMissing(scope.word()).exception();
        }
        return caller;
    }

    /** For what is shown to several, and not to all of them alike: whoever has one of the two scopes. */
    public Caller requireAny(RoutingContext context, Scope scope, Scope other) {
        Caller caller = find(context.request().getHeader("Authorization"));
        return caller != null && caller.scopes().contains(other) ? caller : require(context, scope);
    }

    /** For what goes on after its request: whether the request's key is still one with the scope. */
    public BooleanSupplier staysValid(RoutingContext context, Scope scope) {
        Buffer hash = hash(key(context.request().getHeader("Authorization")));
        return () -> {
            Caller caller = keys.get(hash);
            return caller != null && caller.scopes().contains(scope);
        };
    }

    /** Of the request's key, for what has to say by which it was done. */
    public Buffer keyHash(RoutingContext context) {
        return hash(key(context.request().getHeader("Authorization")));
    }

    static Buffer hash(String key) {
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private @Nullable Caller find(@Nullable String authorization) {
        return callerOf(key(authorization));
    }

    /**
     * Whose key it is; null when it is nobody's. Looking a hash up in a map leaks nothing useful by its timing: the key cannot be guessed
     * from its hash.
     */
    public @Nullable Caller callerOf(String key) {
        return isKey(key) ? keys.get(hash(key)) : null;
    }

    /** Empty, which is no key, where there is none. */
    private static String key(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).trim()
                : "";
    }
}
