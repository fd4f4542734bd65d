package io.heliograph.gateway.notifications.templates;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.notifications.catalog.Content;
import io.heliograph.gateway.notifications.catalog.TemplateKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The versions of an account's templates. What changes them runs in a transaction that {@link CatalogTransactionStore} has begun. */
final class TemplateStore {
    /** Beside the draft and the one in force. */
    private static final int RETIRED_MAX = 20;

    private static final int VERSIONS_MAX = 10_000;
    /** Of what is in force: every gateway that tells something for the account holds it in memory. */
    private static final int PUBLISHED_BYTES_MAX = 768 * 1024;

    private static final String LIST = """
        SELECT type, channel, locale, state, version, coalesce(published_at, created_at) AS changed_at
        FROM template_version WHERE account_id = $1 AND state IN ('draft', 'published')""";

    private static final String VERSIONS = """
        SELECT * FROM template_version
        WHERE account_id = $1 AND type = $2 AND channel = $3 AND locale = $4
        ORDER BY version DESC""";

    private static final String PUT_DRAFT = """
        INSERT INTO template_version (account_id, type, channel, locale, version, state, content, created_at)
        SELECT $1, $2, $3, $4, coalesce(max(version), 0) + 1, 'draft', $5, now() FROM template_version
        WHERE account_id = $1 AND type = $2 AND channel = $3 AND locale = $4
        ON CONFLICT (account_id, type, channel, locale) WHERE state = 'draft'
        DO UPDATE SET content = excluded.content, created_at = now()
        RETURNING *, xmax = 0 AS is_new""";

    private static final String RETIRE = """
        UPDATE template_version SET state = 'retired'
        WHERE account_id = $1 AND type = $2 AND channel = $3 AND locale = $4 AND state = 'published'""";

    private static final String PUBLISH = """
        UPDATE template_version SET state = 'published', published_at = now()
        WHERE account_id = $1 AND type = $2 AND channel = $3 AND locale = $4 AND version = $5
        RETURNING *""";

    private static final String PUBLISH_NEW = """
        INSERT INTO template_version (account_id, type, channel, locale, version, state, content, created_at, published_at)
        SELECT $1, $2, $3, $4, coalesce(max(version), 0) + 1, 'published', $5, now(), now() FROM template_version
        WHERE account_id = $1 AND type = $2 AND channel = $3 AND locale = $4""";

    private static final String PRUNE = """
        DELETE FROM template_version
        WHERE account_id = $1 AND type = $2 AND channel = $3 AND locale = $4 AND state = 'retired'
          AND version <= (
            SELECT version FROM template_version
            WHERE account_id = $1 AND type = $2 AND channel = $3 AND locale = $4 AND state = 'retired'
            ORDER BY version DESC OFFSET $5 LIMIT 1)""";

    private static final String REMOVE = """
        DELETE FROM template_version WHERE account_id = $1 AND type = $2 AND channel = $3 AND locale = $4""";

    private static final String REMOVE_TYPE = """
        DELETE FROM template_version WHERE account_id = $1 AND type = $2""";

    private static final String WEIGH = """
        SELECT count(*) AS versions, coalesce(sum(octet_length(content::text)) FILTER (WHERE state = 'published'), 0) AS bytes
        FROM template_version WHERE account_id = $1""";

    private TemplateStore() {}

    /** Drafts and what is in force, without what they say. */
    static Future<List<Row>> list(SqlClient client, long account) {
        return client.preparedQuery(LIST).execute(Tuple.of(account)).map(TemplateStore::all);
    }

    /** The newest first. */
    static Future<List<Row>> versions(SqlClient client, long account, TemplateKey key) {
        return client.preparedQuery(VERSIONS).execute(tuple(account, key)).map(TemplateStore::all);
    }

    static Future<Row> putDraft(SqlClient client, long account, TemplateKey key, Content content) {
        return client.preparedQuery(PUT_DRAFT)
                .execute(tuple(account, key).addJsonObject(content.json()))
                .compose(rows -> weigh(client, account).map(rows.iterator().next()));
    }

    /** In place of the one that is in force, in the same commit. */
    static Future<Row> publish(SqlClient client, long account, TemplateKey key, int version) {
        return client.preparedQuery(RETIRE)
                .execute(tuple(account, key))
                .compose(retired -> client.preparedQuery(PUBLISH)
                        .execute(tuple(account, key).addInteger(version)))
                .compose(rows -> prune(client, account, List.of(key))
                        .compose(pruned -> weigh(client, account))
                        .map(rows.iterator().next()));
    }

    /** Each as a new version. */
    static Future<Void> publishAll(SqlClient client, long account, Map<TemplateKey, Content> contents) {
        if (contents.isEmpty()) {
            return Future.succeededFuture();
        }
        List<Tuple> keys =
                contents.keySet().stream().map(key -> tuple(account, key)).toList();
        List<Tuple> news = contents.entrySet().stream()
                .map(one -> tuple(account, one.getKey())
                        .addJsonObject(one.getValue().json()))
                .toList();
        return client.preparedQuery(RETIRE)
                .executeBatch(keys)
                .compose(retired -> client.preparedQuery(PUBLISH_NEW).executeBatch(news))
                .compose(published -> prune(client, account, contents.keySet()))
                .compose(pruned -> weigh(client, account));
    }

    /** Answers whether there was one. */
    static Future<Boolean> remove(SqlClient client, long account, TemplateKey key) {
        return client.preparedQuery(REMOVE).execute(tuple(account, key)).map(rows -> rows.rowCount() > 0);
    }

    static Future<Void> removeAllOf(SqlClient client, long account, String type) {
        return client.preparedQuery(REMOVE_TYPE)
                .execute(Tuple.of(account, type))
                .mapEmpty();
    }

    private static Future<Void> prune(SqlClient client, long account, Collection<TemplateKey> keys) {
        return client.preparedQuery(PRUNE)
                .executeBatch(keys.stream()
                        .map(key -> tuple(account, key).addInteger(RETIRED_MAX))
                        .toList())
                .mapEmpty();
    }

    /** Fails with the problem that it has become too much. */
    private static Future<@Nullable Void> weigh(SqlClient client, long account) {
        return client.preparedQuery(WEIGH).execute(Tuple.of(account)).map(rows -> {
            Row row = rows.iterator().next();
            if (row.getLong("versions") > VERSIONS_MAX) {
                throw Problem.of(
                                ProblemCode.TOO_MANY,
                                "An account keeps at most " + VERSIONS_MAX
                                        + " versions of templates. Delete templates that are not needed.")
                        .exception();
            }
            if (row.getLong("bytes") > PUBLISHED_BYTES_MAX) {
                throw Problem.of(
                                ProblemCode.TOO_LARGE,
                                "The published templates of an account are together at most " + PUBLISHED_BYTES_MAX
                                        + " bytes.")
                        .exception();
            }
            return null;
        });
    }

    private static Tuple tuple(long account, TemplateKey key) {
        return Tuple.of(account, key.type(), key.channel().word(), key.locale());
    }

    private static List<Row> all(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }
}
