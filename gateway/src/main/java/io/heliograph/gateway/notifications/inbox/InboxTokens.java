package io.heliograph.gateway.notifications.inbox;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.notifications.preferences.Token;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lets a person in, who shows a token in the header and never in the URL. */
public final class InboxTokens {
    /** Who came in, and by which token. */
    public record Admitted(InboxOwner owner, Buffer tokenHash) {}

    /** So that it is known for what it is wherever it is found. */
    static final String PREFIX = "inbox_";

    private static final Pattern AUTHORIZATION = Pattern.compile("(?i:bearer) +" + PREFIX + "([A-Za-z0-9_-]{43}) *");

    private final InboxTokenStore store;

    public InboxTokens(Pool readPool) {
        this.store = new InboxTokenStore(readPool);
    }

    /** Fails with the problem of a request without a token that is good. */
    public Future<Admitted> admit(RoutingContext context) {
        Buffer hash = hash(context.request().getHeader("Authorization"));
        if (hash == null) {
            return Future.failedFuture(notGood().exception());
        }
        return store.find(hash).map(owner -> {
            if (owner == null) {
                throw notGood().exception();
            }
            return new Admitted(owner, hash);
        });
    }

    private static @Nullable Buffer hash(@Nullable String authorization) {
        if (authorization == null) {
            return null;
        }
        var shown = AUTHORIZATION.matcher(authorization);
        return shown.matches() ? new Token(shown.group(1)).hash() : null;
    }

    private static Problem notGood() {
        return Problem.of(
                ProblemCode.UNAUTHORIZED,
                "Send a token of an inbox that has not expired as: Authorization: Bearer inbox_... The account's application makes one"
                        + " by POST /v1/users/{id}/inbox-tokens.");
    }
}
