package io.heliograph.gateway.booking.symptoms;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.OwnWords;
import io.heliograph.gateway.booking.hearing.Said;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Texts;
import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /v1/symptoms}: which kind of doctor a trouble is for, and what is an emergency. */
public final class SymptomRoutes implements OwnWords.Meanings {
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
        new OwnWords(apiKeys, this).mount(router, answers);
    }

    @Override
    public String name() {
        return "symptoms";
    }

    @Override
    public Future<List<Row>> list(long accountId) {
        return store.list(accountId);
    }

    @Override
    public Future<@Nullable Row> put(long accountId, String word, JsonFields fields) {
        String specialisation = specialisation(fields);
        boolean urgent = fields.flag("urgent");
        Mistakes mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return store.put(accountId, word, specialisation, urgent);
    }

    @Override
    public Future<Boolean> remove(long accountId, String word) {
        return store.remove(accountId, word);
    }

    @Override
    public String mayNot() {
        return "There are " + SymptomStore.OWN_MAX + " words of your own already.";
    }

    @Override
    public String isNone() {
        return "There is no such word of your own.";
    }

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

    @Override
    public JsonObject view(Row row) {
        return new JsonObject()
                .put("word", row.getString("word"))
                .put("specialisation", row.getString("specialisation"))
                .put("urgent", row.getBoolean("urgent"))
                .put("own", row.getBoolean("is_own"));
    }

    @Override
    public String word(String text) {
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
