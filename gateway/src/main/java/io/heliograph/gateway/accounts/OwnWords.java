package io.heliograph.gateway.accounts;

import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Words that everybody has, and an account's own, which go before them: listed to whoever may read, changed by an administrator. */
public final class OwnWords {
    /** What they are words for. */
    public interface Meanings {
        /** Of the list in the answer, and the last part of the path. */
        String name();

        Future<List<Row>> list(long accountId);

        /** Throws the problem of fields that mean nothing; null when the account may not have the word. */
        Future<@Nullable Row> put(long accountId, String word, JsonFields fields);

        /** Whether the account had it. */
        Future<Boolean> remove(long accountId, String word);

        /** As it is stored, from the path; throws the problem of what is no word. */
        String word(String text);

        JsonObject view(Row row);

        /** Why the account may not have a word. */
        String mayNot();

        /** Of a word that the account has not. */
        String isNone();
    }

    private final ApiKeys apiKeys;
    private final Meanings meanings;

    public OwnWords(ApiKeys apiKeys, Meanings meanings) {
        this.apiKeys = apiKeys;
        this.meanings = meanings;
    }

    public void mount(Router router, Answers answers) {
        String path = "/v1/" + meanings.name();
        new Resource(router, answers, path).get(this::list).andNothingElse();
        new Resource(router, answers, path + "/:word")
                .put(this::put)
                .delete(this::remove)
                .andNothingElse();
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return meanings.list(caller.accountId()).map(rows -> {
            JsonArray words = new JsonArray();
            rows.forEach(row -> words.add(meanings.view(row)));
            return Answer.ok(new JsonObject().put(meanings.name(), words));
        });
    }

    private Future<Answer> put(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        JsonFields fields = new JsonFields(JsonBody.object(context), "");
        return meanings.put(caller.accountId(), word(context), fields)
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(row -> {
                    if (row == null) {
                        throw Problem.of(ProblemCode.NOT_ALLOWED, meanings.mayNot())
                                .exception();
                    }
                    return Answer.ok(meanings.view(row));
                });
    }

    private Future<Answer> remove(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        return meanings.remove(caller.accountId(), word(context))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(removed -> {
                    if (!removed) {
                        throw Problem.of(ProblemCode.NOT_FOUND, meanings.isNone())
                                .exception();
                    }
                    return Answer.noContent();
                });
    }

    private String word(RoutingContext context) {
        return meanings.word(context.pathParam("word"));
    }
}
