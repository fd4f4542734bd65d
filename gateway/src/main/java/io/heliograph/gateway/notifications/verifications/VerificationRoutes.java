package io.heliograph.gateway.notifications.verifications;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.IdempotencyKey;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.notifications.verifications.checking.Check;
import io.heliograph.gateway.notifications.verifications.checking.Checked;
import io.heliograph.gateway.notifications.verifications.codes.CodeKeys;
import io.heliograph.gateway.notifications.verifications.codes.Verification;
import io.heliograph.gateway.notifications.verifications.issuing.Issue;
import io.heliograph.gateway.notifications.verifications.issuing.Issued;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.GroupCommit;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /v1/verifications}: sends a code to a person, and says whether they have typed it. No answer ever tells the code. */
public final class VerificationRoutes {
    private static final String OPERATION = "verification";
    private static final Pattern CODE = Pattern.compile("[0-9]{4,10}");
    private static final String PATH = "/v1/verifications";

    /** What does the work on one event loop. */
    public record Commits(GroupCommit<Issue, Issued> issues, GroupCommit<Check, Checked> checks) {}

    private final ApiKeys apiKeys;
    private final Origins origins;
    private final VerificationFields fields;
    private final VerificationStore store;
    private final CodeKeys keys;
    private final Commits commits;

    VerificationRoutes(
            ApiKeys apiKeys,
            Origins origins,
            VerificationFields fields,
            VerificationStore store,
            CodeKeys keys,
            Commits commits) {
        this.apiKeys = apiKeys;
        this.origins = origins;
        this.fields = fields;
        this.store = store;
        this.keys = keys;
        this.commits = commits;
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, PATH).post(this::post).andNothingElse();
        new Resource(router, answers, PATH + "/:id").get(this::get).andNothingElse();
        new Resource(router, answers, PATH + "/:id/check").post(this::check).andNothingElse();
        new Resource(router, answers, PATH + "/:id/resend").post(this::resend).andNothingElse();
        new Resource(router, answers, PATH + "/:id/cancel").post(this::cancel).andNothingElse();
    }

    private Future<Answer> post(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        String keyValue = IdempotencyKey.header(context);
        JsonObject body = JsonBody.object(context);
        AcceptIntent.Key key =
                keyValue == null ? null : new AcceptIntent.Key(keyValue, IdempotencyKey.hash(OPERATION, body));
        return fields.ready(caller.accountId())
                .compose(ready -> issue(caller, fields.read(body, key, origins.next(caller))));
    }

    private Future<Answer> resend(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        JsonObject body = JsonBody.objectOrEmpty(context);
        return found(store.find(id(context), caller.accountId()))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .compose(row -> fields.ready(caller.accountId())
                        .compose(ready -> issue(caller, fields.again(row, body, origins.next(caller)))));
    }

    private Future<Answer> issue(Caller caller, Issue issue) {
        return commits.issues().submit(issue).map(issued -> IssuedAnswer.of(caller, issued));
    }

    private Future<Answer> check(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        UUID id = id(context);
        String code = code(JsonBody.object(context));
        return commits.checks()
                .submit(new Check(id, caller.accountId(), keys.hashes(id, code)))
                .map(checked -> answer(id, checked));
    }

    private static Answer answer(UUID id, Checked checked) {
        return switch (checked.outcome()) {
            case NOT_FOUND -> throw notFound().exception();
            case PENDING -> Answer.ok(answer(id, checked.outcome()).put("checks_left", checked.checksLeft()));
            case APPROVED, EXPIRED, TOO_MANY_CHECKS, CANCELED, USED -> Answer.ok(answer(id, checked.outcome()));
        };
    }

    private static JsonObject answer(UUID id, Checked.Outcome outcome) {
        return new JsonObject().put("id", id.toString()).put("status", outcome.word());
    }

    private Future<Answer> get(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return found(store.find(id(context), caller.accountId())).map(row -> Answer.ok(view(caller, row)));
    }

    private Future<Answer> cancel(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        return found(store.cancel(id(context), caller.accountId()))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(row -> {
                    if (!row.getString("status").equals("canceled")) {
                        throw Problem.of(ProblemCode.NOT_PENDING, "This verification is over; its status says how.")
                                .exception();
                    }
                    return Answer.ok(view(caller, row));
                });
    }

    private static JsonObject view(Caller caller, Row row) {
        return IssuedAnswer.shown(caller, Verification.of(row), row.getOffsetDateTime("now"));
    }

    private static Future<Row> found(Future<@Nullable Row> row) {
        return row.map(found -> {
            if (found == null) {
                throw notFound().exception();
            }
            return found;
        });
    }

    private static Problem notFound() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no verification with this id.");
    }

    private static UUID id(RoutingContext context) {
        try {
            return UUID.fromString(context.pathParam("id"));
        } catch (IllegalArgumentException _) {
            throw notFound().exception();
        }
    }

    /** Throws the problem of what cannot be a code: it costs no check. */
    private static String code(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        String code = fields.requiredText("code", Integer.MAX_VALUE);
        if (code != null && !CODE.matcher(code).matches()) {
            fields.mistake("code", ProblemCode.NOT_ALLOWED, "code must be 4 to 10 digits.");
        }
        var mistakes = fields.mistakes();
        if (code == null || !mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return code;
    }
}
