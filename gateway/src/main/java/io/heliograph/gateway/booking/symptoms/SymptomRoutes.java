package io.heliograph.gateway.booking.symptoms;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.booking.hearing.Said;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.Texts;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code /v1/symptoms}: which kind of doctor a trouble is for, and what is an emergency. */
public final class SymptomRoutes {
    private static final int WORD_LENGTH_MAX = 60;
    private static final int WORDS_MAX = 6;
    private static final int SPECIALISATION_LENGTH_MAX = 100;

    private final ApiKeys apiKeys;
    private final SymptomStore store;

    public SymptomRoutes(ApiKeys apiKeys, Pool readPool) {
        this.apiKeys = apiKeys;
        this.store = new SymptomStore(readPool);
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/symptoms").get(this::list).andNothingElse();
        new Resource(router, answers, "/v1/symptoms/:word")
                .put(this::put)
                .delete(this::remove)
                .andNothingElse();
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return store.list(caller.accountId()).map(rows -> {
            JsonArray symptoms = new JsonArray();
            rows.forEach(row -> symptoms.add(view(row)));
            return Answer.ok(new JsonObject().put("symptoms", symptoms));
        });
    }

    private Future<Answer> put(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        String word = word(context);
        JsonFields fields = new JsonFields(JsonBody.object(context), "");
        String specialisation = specialisation(fields);
        boolean urgent = fields.flag("urgent");
        Mistakes mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return store.put(caller.accountId(), word, specialisation, urgent)
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(row -> {
                    if (row == null) {
                        throw Problem.of(
                                        ProblemCode.NOT_ALLOWED,
                                        "There are " + SymptomStore.OWN_MAX + " words of your own already.")
                                .exception();
                    }
                    return Answer.ok(view(row));
                });
    }

    private Future<Answer> remove(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        return store.remove(caller.accountId(), word(context))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(removed -> {
                    if (!removed) {
                        throw Problem.of(ProblemCode.NOT_FOUND, "There is no such word of your own.")
                                .exception();
                    }
                    return Answer.noContent();
                });
    }

    /** As doctors' specialisations are compared; null takes away what everybody's word means. */
    private static @Nullable String specialisation(JsonFields fields) {
        String text = fields.text("specialisation", SPECIALISATION_LENGTH_MAX);
        if (text == null) {
            return null;
        }
        String said = Said.of(text).text();
        if (said.isEmpty()) {
            fields.mistake("specialisation", ProblemCode.EMPTY, "specialisation must have letters in it.");
        }
        return said;
    }

    private static JsonObject view(Row row) {
        return new JsonObject()
                .put("word", row.getString("word"))
                .put("specialisation", row.getString("specialisation"))
                .put("urgent", row.getBoolean("urgent"))
                .put("own", row.getBoolean("is_own"));
    }

    private static String word(RoutingContext context) {
        String text = context.pathParam("word");
        Said said = text.length() > WORD_LENGTH_MAX || !Texts.isStorable(text) ? Said.NOTHING : Said.of(text);
        if (said.words().isEmpty() || said.words().size() > WORDS_MAX) {
            throw Problem.of(
                            ProblemCode.NOT_ALLOWED,
                            "A symptom has 1 to " + WORDS_MAX + " words with " + WORD_LENGTH_MAX
                                    + " characters at the most.")
                    .exception();
        }
        return said.text();
    }
}
