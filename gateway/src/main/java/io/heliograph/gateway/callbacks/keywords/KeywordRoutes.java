package io.heliograph.gateway.callbacks.keywords;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.OwnWords;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /v1/keywords}: the words that mean STOP, START or HELP to an account, and what is answered. */
public final class KeywordRoutes implements OwnWords.Meanings {
    private static final int ANSWER_LENGTH_MAX = 480;
    private static final int LANGUAGE_LENGTH_MAX = 3;
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");
    private static final List<String> KINDS = List.of("stop", "start", "help");

    private final ApiKeys apiKeys;
    private final KeywordStore store;
    private final Function<String, KeywordAnswer> answering;

    /** {@code answering} says how many parts a text has. */
    public KeywordRoutes(ApiKeys apiKeys, Pool readPool, Function<String, KeywordAnswer> answering) {
        this.apiKeys = apiKeys;
        this.store = new KeywordStore(readPool);
        this.answering = answering;
    }

    public void mount(Router router, Answers answers) {
        new OwnWords(apiKeys, this).mount(router, answers);
    }

    @Override
    public String name() {
        return "keywords";
    }

    @Override
    public Future<List<Row>> list(long accountId) {
        return store.list(accountId);
    }

    @Override
    public Future<@Nullable Row> put(long accountId, String word, JsonFields fields) {
        String kind = fields.oneOf("kind", KINDS, "");
        if (kind.isEmpty() && fields.isMissing("kind")) {
            fields.mistake("kind", ProblemCode.MISSING, "kind is required.");
        }
        String answer = fields.text("answer", ANSWER_LENGTH_MAX);
        String language = language(fields);
        Mistakes mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        KeywordAnswer ownAnswer = answer == null ? null : answering.apply(answer);
        return store.put(accountId, new KeywordStore.Meaning(word, kind, ownAnswer, language));
    }

    @Override
    public Future<Boolean> remove(long accountId, String word) {
        return store.remove(accountId, word);
    }

    @Override
    public String mayNot() {
        return "This word means something else for everybody, or there are " + KeywordStore.OWN_MAX
                + " of your own already.";
    }

    @Override
    public String isNone() {
        return "There is no keyword of your own with this word.";
    }

    private static @Nullable String language(JsonFields fields) {
        String language = fields.text("language", LANGUAGE_LENGTH_MAX);
        if (language != null && !LANGUAGE.matcher(language).matches()) {
            fields.mistake("language", ProblemCode.NOT_ALLOWED, "language must be a code such as en, fr or hi.");
        }
        return language;
    }

    @Override
    public JsonObject view(Row row) {
        return new JsonObject()
                .put("word", row.getString("word"))
                .put("kind", row.getString("kind"))
                .put("answer", row.getString("answer"))
                .put("language", row.getString("language"))
                .put("own", row.getBoolean("is_own"));
    }

    @Override
    public String word(String text) {
        String word = Keywords.normal(text);
        if (word == null) {
            throw Problem.of(
                            ProblemCode.NOT_ALLOWED,
                            "A keyword has 1 to " + Keywords.LENGTH_MAX
                                    + " characters, some of them letters or digits.")
                    .exception();
        }
        return word;
    }
}
