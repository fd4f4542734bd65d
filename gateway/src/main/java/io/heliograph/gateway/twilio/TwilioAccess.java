package io.heliograph.gateway.twilio;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.accounts.TwilioCredentials;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.twilio.words.Sids;
import io.heliograph.gateway.twilio.words.TwilioCaller;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who calls the Twilio-compatible API: by the account's sid and token, or by an API key, which stands as the password beside any user, or
 * as the user alone.
 */
final class TwilioAccess {
    private static final String BASIC = "Basic ";
    private static final int HEADER_LENGTH_MAX = 1_000;
    private static final String CALLER = "twilio-caller";

    private final ApiKeys apiKeys;
    private final TwilioCredentials credentials;

    TwilioAccess(ApiKeys apiKeys, TwilioCredentials credentials) {
        this.apiKeys = apiKeys;
        this.credentials = credentials;
    }

    /** Comes before the handler that reads the body, and before it is told what is here and what is not. */
    void authenticate(RoutingContext context) {
        Caller caller = find(context.request().getHeader("Authorization"));
        if (caller == null) {
            throw Problem.unauthorized().exception();
        }
        context.put(CALLER, caller).next();
    }

    /** Throws the problem of a caller whose account is not the path's, or whose key lacks the scope. */
    TwilioCaller require(RoutingContext context, Scope scope) {
        Caller caller = Objects.requireNonNull(context.<Caller>get(CALLER));
        String accountSid = credentials.sidOf(caller.accountId());
        if (accountSid == null || !accountSid.equals(Sids.normal(context.pathParam("AccountSid")))) {
            throw Problem.unauthorized().exception();
        }
        if (!caller.scopes().contains(scope)) {
            throw Problem.scopeMissing(scope.word()).exception();
        }
        return new TwilioCaller(caller, accountSid);
    }

    private @Nullable Caller find(@Nullable String authorization) {
        String pair = decode(authorization);
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return null;
        }
        String user = pair.substring(0, colon);
        String password = pair.substring(colon + 1);
        Caller caller = credentials.find(Sids.normal(user), password);
        return caller != null ? caller : apiKeys.callerOf(password.isEmpty() ? user : password);
    }

    /** Empty when it is no such header. */
    private static String decode(@Nullable String authorization) {
        if (authorization == null
                || authorization.length() > HEADER_LENGTH_MAX
                || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return "";
        }
        try {
            byte[] pair = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).trim());
            return new String(pair, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
