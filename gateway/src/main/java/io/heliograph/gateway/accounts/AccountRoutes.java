package io.heliograph.gateway.accounts;

import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.runtime.Durations;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** {@code /v1/account}: the caller's own account, and what Twilio's SDKs log in with. */
public final class AccountRoutes {
    private static final String OVERLAP = "overlap";
    private static final Duration OVERLAP_DEFAULT = Duration.ofDays(1);
    private static final Duration OVERLAP_MAX = Duration.ofDays(30);
    private static final int OVERLAP_LENGTH_MAX = 20;

    private final ApiKeys apiKeys;
    private final TwilioCredentials credentials;

    public AccountRoutes(ApiKeys apiKeys, TwilioCredentials credentials) {
        this.apiKeys = apiKeys;
        this.credentials = credentials;
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/account").get(this::show).andNothingElse();
        new Resource(router, answers, "/v1/account/rotate-twilio-token")
                .post(this::rotate)
                .andNothingElse();
    }

    private Future<Answer> show(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return credentials.show(caller.accountId()).map(found -> Answer.ok(json(found, caller)));
    }

    private Future<Answer> rotate(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        Duration overlap = overlap(context);
        return credentials
                .rotate(caller.accountId(), overlap)
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(rotated -> Answer.ok(json(rotated, caller)));
    }

    /** The body may be left out. */
    private static Duration overlap(RoutingContext context) {
        JsonFields fields =
                new JsonFields(context.body().length() <= 0 ? new JsonObject() : JsonBody.object(context), "");
        String text = fields.text(OVERLAP, OVERLAP_LENGTH_MAX);
        Duration overlap = text == null ? OVERLAP_DEFAULT : parse(text);
        if (overlap.isNegative() || overlap.compareTo(OVERLAP_MAX) > 0) {
            fields.mistake(
                    OVERLAP,
                    ProblemCode.INVALID_DURATION,
                    "overlap must be a duration such as 0s, 30m, 4h or 2d, of at most 30d.");
        }
        Mistakes mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return overlap;
    }

    private static Duration parse(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            return Duration.ofSeconds(-1);
        }
    }

    /** The token opens the account, so only those may read it who may change it. */
    private static JsonObject json(TwilioCredential credential, Caller caller) {
        JsonObject json = new JsonObject()
                .put("id", Long.toString(credential.accountId()))
                .put("name", credential.accountName())
                .put("twilio_account_sid", credential.accountSid());
        if (caller.scopes().contains(Scope.ADMIN)) {
            json.put("twilio_auth_token", credential.authToken());
        }
        if (credential.previousUntil() != null) {
            json.put("twilio_previous_token_until", Times.text(credential.previousUntil()));
        }
        return json;
    }
}
