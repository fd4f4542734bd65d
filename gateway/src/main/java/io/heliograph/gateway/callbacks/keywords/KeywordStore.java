package io.heliograph.gateway.callbacks.keywords;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Keywords of one account, and those of everybody, which are account 0's. */
final class KeywordStore {
    private static final String LIST = """
        SELECT DISTINCT ON (compared) word, kind, answer, language, account_id <> 0 AS is_own
        FROM keyword WHERE account_id IN (0, $1)
        ORDER BY compared, account_id DESC
        LIMIT 1000""";

    /** Nothing comes back when the word means something else for everybody, or the account has as many as it may. */
    private static final String PUT = """
        INSERT INTO keyword AS k (account_id, word, kind, answer, answer_segments, answer_encoding, language)
        SELECT $1::bigint, $2::text, $3::text, coalesce($4, usual.answer), coalesce($5::smallint, usual.answer_segments),
               coalesce($6, usual.answer_encoding), $8::text
        FROM (
          -- What everybody's word is answered, or else the language's, or else in English.
          SELECT answer, answer_segments, answer_encoding FROM keyword
          WHERE account_id = 0 AND kind = $3
          ORDER BY compared = keyword_as_compared($2) DESC, coalesce(language = $8, false) DESC, compared = upper($3::text) DESC
          LIMIT 1
        ) usual
        WHERE NOT EXISTS (SELECT FROM keyword WHERE account_id = 0 AND compared = keyword_as_compared($2) AND kind <> $3)
          AND ((SELECT count(*) FROM keyword WHERE account_id = $1) < $7
            OR EXISTS (SELECT FROM keyword WHERE account_id = $1 AND compared = keyword_as_compared($2)))
        ON CONFLICT (account_id, compared) DO UPDATE
        SET word = excluded.word, kind = excluded.kind, answer = excluded.answer, answer_segments = excluded.answer_segments,
            answer_encoding = excluded.answer_encoding, language = excluded.language
        RETURNING word, kind, answer, language, true AS is_own""";

    private static final String REMOVE = """
        DELETE FROM keyword WHERE account_id = $1 AND compared = keyword_as_compared($2)""";

    static final int OWN_MAX = 500;

    private final Pool pool;

    KeywordStore(Pool pool) {
        this.pool = pool;
    }

    Future<List<Row>> list(long accountId) {
        return pool.preparedQuery(LIST)
                .execute(Tuple.of(accountId))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList());
    }

    /** What an account says that a word means; a null answer is the usual one. */
    record Meaning(
            String word,
            String kind,
            @Nullable KeywordAnswer answer,
            @Nullable String language) {}

    /** Null when it may not be. */
    Future<@Nullable Row> put(long accountId, Meaning meaning) {
        KeywordAnswer answer = meaning.answer();
        Tuple parameters = Tuple.of(accountId, meaning.word(), meaning.kind())
                .addString(answer == null ? null : answer.text())
                .addShort(answer == null ? null : answer.segments())
                .addString(answer == null ? null : answer.encoding())
                .addInteger(OWN_MAX)
                .addString(meaning.language());
        return pool.preparedQuery(PUT)
                .execute(parameters)
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next());
    }

    /** Answers whether the account had it. */
    Future<Boolean> remove(long accountId, String word) {
        return pool.preparedQuery(REMOVE).execute(Tuple.of(accountId, word)).map(rows -> rows.rowCount() > 0);
    }
}
