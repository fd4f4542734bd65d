package io.heliograph.gateway.booking;

import io.heliograph.gateway.booking.lines.BookingSettings;
import io.heliograph.gateway.booking.talk.Stage;
import io.heliograph.gateway.booking.talk.Talk;
import io.heliograph.gateway.booking.texts.Language;
import io.heliograph.gateway.turns.Turn;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Where conversations stand. A line is one turn's at a time, so there is nothing to lock. */
final class ConversationStore {
    private static final String FIND = """
        SELECT c.stage, c.plan, c.choices, c.misunderstandings, c.language, c.last_at, b.days_ahead, b.contents,
               (SELECT u.locale FROM app_user u WHERE u.account_id = $1 AND u.phone = $4 AND u.locale IS NOT NULL
                ORDER BY u.id LIMIT 1) AS locale
        FROM (SELECT) AS always
        LEFT JOIN conversation c ON c.account_id = $1 AND c.channel = $2 AND c.number = $3 AND c.person = $4
        LEFT JOIN booking_conversation b ON b.account_id = $1""";

    private static final String KEEP = """
        INSERT INTO conversation (account_id, channel, number, person, stage, plan, choices, misunderstandings, language, last_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (person, number, channel, account_id) DO UPDATE
        SET stage = excluded.stage, plan = excluded.plan, choices = excluded.choices,
            misunderstandings = excluded.misunderstandings, language = excluded.language, last_at = excluded.last_at""";

    /** Whoever is talking at this moment is not old. */
    private static final String FORGET = """
        DELETE FROM conversation WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM conversation WHERE last_at < now() - $1::bigint * interval '1 second'
          LIMIT $2 FOR UPDATE SKIP LOCKED))""";

    /**
     * What is known of a line before it is answered.
     *
     * @param talk null where nothing was said for a day
     * @param locale of the user who has this number; null where there is none
     */
    record Line(
            @Nullable Talk talk,
            @Nullable OffsetDateTime lastAt,
            BookingSettings settings,
            @Nullable String locale) {}

    private ConversationStore() {}

    static Future<Line> find(SqlClient client, Turn turn) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(turn.accountId(), turn.channel().word(), turn.number(), turn.person()))
                .map(rows -> line(rows.iterator().next()));
    }

    private static Line line(Row row) {
        Integer daysAhead = row.getInteger("days_ahead");
        JsonObject contents = row.getJsonObject("contents");
        return new Line(
                row.getString("stage") == null ? null : talk(row),
                row.getOffsetDateTime("last_at"),
                daysAhead == null ? BookingSettings.USUAL : new BookingSettings(daysAhead, contents),
                row.getString("locale"));
    }

    private static Talk talk(Row row) {
        return new Talk(
                Stage.of(row.getString("stage")),
                TalkJson.plan(row.getJsonObject("plan")),
                row.getShort("misunderstandings"),
                Language.of(row.getString("language")),
                TalkJson.choices(row.getJsonArray("choices")));
    }

    static Future<Void> keep(SqlClient client, Turn turn, Talk talk) {
        return client.preparedQuery(KEEP)
                .execute(Tuple.of(turn.accountId(), turn.channel().word(), turn.number(), turn.person())
                        .addString(talk.stage().word())
                        .addValue(TalkJson.of(talk.plan()))
                        .addValue(TalkJson.of(talk.choices()))
                        .addShort((short) talk.misunderstandings())
                        .addString(talk.language().code())
                        .addOffsetDateTime(turn.receivedAt()))
                .mapEmpty();
    }

    /** Answers how many; as many as {@code max} may have left some. */
    static Future<Integer> forget(Pool pool, Duration after, int max) {
        return pool.preparedQuery(FORGET)
                .execute(Tuple.of(after.toSeconds(), max))
                .map(rows -> rows.rowCount());
    }
}
