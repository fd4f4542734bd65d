package io.heliograph.gateway.sos.replies;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.gateway.sos.requests.RequestRoutes;
import io.heliograph.gateway.sos.requests.SosRequest;
import io.heliograph.gateway.sos.responses.Responses;
import io.heliograph.gateway.sos.telling.TellSos;
import io.heliograph.runtime.Ids;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * What a donor answers by the account's own page, and what a patient may know of them: {@code POST /v1/sos/responses/{id}/respond},
 * {@code POST /v1/sos/responses/{id}/reveal} and {@code GET /v1/sos/requests/{id}/reveals}.
 */
public final class RespondRoutes {
    private static final List<String> ANSWERS = List.of("yes", "no");
    private static final int ID_LENGTH_MAX = 128;
    private static final int LIMIT_DEFAULT = 50;
    private static final int LIMIT_MAX = 200;

    private final ApiKeys apiKeys;
    private final RespondStore store;
    private final Responses responses;
    private final TellSos tell;

    public RespondRoutes(
            ApiKeys apiKeys, Pool pool, TellSos tell, Topics topics, ErasedPersons erased, Origins origins) {
        AnswerStore answers = new AnswerStore(topics, erased);
        this.apiKeys = apiKeys;
        this.store = new RespondStore(pool, answers, new TakeAnswer(answers, tell, origins), origins.ids());
        this.responses = new Responses(apiKeys, pool);
        this.tell = tell;
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, Responses.PATH + "/:id/respond")
                .post(this::respond)
                .andNothingElse();
        new Resource(router, answers, Responses.PATH + "/:id/reveal")
                .post(this::reveal)
                .andNothingElse();
        new Resource(router, answers, RequestRoutes.PATH + "/:id/reveals")
                .get(this::reveals)
                .andNothingElse();
    }

    private Future<Answer> respond(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        UUID id = Responses.id(context);
        ReplyText.Word word = word(new JsonFields(JsonBody.object(context), ""));
        return tell.ready(caller.accountId())
                .compose(_ -> store.respond(id, caller.accountId(), word))
                .compose(_ -> responses.show(caller.accountId(), id))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(Answer::ok);
    }

    private static ReplyText.Word word(JsonFields fields) {
        String answer = fields.oneOf("answer", ANSWERS, "");
        if (fields.isMissing("answer")) {
            fields.mistake("answer", ProblemCode.MISSING, "answer is required.");
        }
        boolean share = fields.flag("share");
        if (share && answer.equals("no")) {
            fields.mistake("share", ProblemCode.NOT_ALLOWED, "Who answers no shares nothing.");
        }
        Mistakes mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return new ReplyText.Word(answer.equals("yes"), share, null);
    }

    /** A POST, because it leaves a trace: who asked is noted before they are told. */
    private Future<Answer> reveal(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.CONTACTS_REVEAL);
        JsonFields fields = new JsonFields(JsonBody.object(context), "");
        String patient = fields.requiredText("patient", ID_LENGTH_MAX);
        Mistakes mistakes = fields.mistakes();
        if (patient == null || !mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return store.reveal(Responses.id(context), caller.accountId(), patient, apiKeys.keyHash(context))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(response -> Answer.ok(new JsonObject()
                                .put("response", response.id().toString())
                                .put("donor", response.donor())
                                .put("name", response.name())
                                .put("phone", response.phone()))
                        .with("Cache-Control", "no-store"));
    }

    private Future<Answer> reveals(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        QueryFields query = new QueryFields(context.queryParams());
        UUID cursor = query.cursor("cursor");
        int limit = query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return store.reveals(SosRequest.id(context), caller.accountId(), cursor == null ? Ids.FIRST : cursor, limit)
                .map(rows -> Answer.ok(RevealView.page(rows, limit)));
    }
}
