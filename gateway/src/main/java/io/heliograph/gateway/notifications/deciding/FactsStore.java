package io.heliograph.gateway.notifications.deciding;

import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.consents.Purpose;
import io.heliograph.gateway.notifications.deciding.UserFacts.Agreement;
import io.heliograph.gateway.notifications.deciding.UserFacts.Switch;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what is known of users: all of a group in one statement. */
public final class FactsStore {
    /** Whose facts. */
    public record UserKey(long accountId, String userId) {
        public static UserKey of(PostedEvent event) {
            return new UserKey(event.accountId(), event.userId());
        }
    }

    // Switches and consents are a sign for yes or no, the channel, and what for: one array costs less than three
    // aggregates.
    // Decided once: a house in which nobody has a browser, or a consent, looks for none.
    private static final String READ = """
        SELECT u.account_id, u.id, u.phone, u.email, u.locale, u.time_zone,
               ARRAY(SELECT CASE WHEN p.enabled THEN '+' ELSE '-' END || p.channel || ' ' || p.category FROM preference p
                     WHERE p.account_id = u.account_id AND p.user_id = u.id) AS switched,
               CASE WHEN (SELECT EXISTS (SELECT FROM consent_state)) THEN ARRAY(
                 SELECT CASE WHEN c.granted THEN '+' ELSE '-' END || c.channel || ' ' || c.purpose FROM consent_state c
                 WHERE c.account_id = u.account_id AND c.user_id = u.id
               ) END AS agreed,
               CASE WHEN asked.by_push AND (SELECT EXISTS (SELECT FROM push_subscription)) THEN ARRAY(
                 SELECT s.id FROM push_subscription s
                 WHERE s.account_id = u.account_id AND s.user_id = u.id AND (s.expires_at IS NULL OR s.expires_at > now())
                 ORDER BY s.id
               ) END AS browsers,
               asked.by_webhook AND EXISTS (
                 SELECT FROM webhook_endpoint w
                 WHERE w.account_id = u.account_id AND w.deleted_at IS NULL AND w.disabled_at IS NULL
                   AND (w.event_types IS NULL OR 'notification.posted' = ANY (w.event_types))
               ) AS has_endpoints
        FROM unnest($1::bigint[], $2::text[], $3::boolean[], $4::boolean[]) AS asked (account_id, id, by_push, by_webhook)
        JOIN app_user u ON u.account_id = asked.account_id AND u.id = asked.id""";

    private final SqlClient client;

    public FactsStore(SqlClient client) {
        this.client = client;
    }

    /**
     * By the channels by which anything may be told to each. Whom nobody knows is not in the answer, and neither are browsers and endpoints of
     * which nothing is said.
     */
    public Future<Map<UserKey, UserFacts>> read(Map<UserKey, Set<NotificationChannel>> users) {
        List<UserKey> asked = List.copyOf(users.keySet());
        Tuple parameters = Tuple.tuple()
                .addArrayOfLong(asked.stream().map(UserKey::accountId).toArray(Long[]::new))
                .addArrayOfString(asked.stream().map(UserKey::userId).toArray(String[]::new))
                .addArrayOfBoolean(areTold(users, asked, NotificationChannel.WEB_PUSH))
                .addArrayOfBoolean(areTold(users, asked, NotificationChannel.WEBHOOK));
        return client.preparedQuery(READ).execute(parameters).map(rows -> {
            Map<UserKey, UserFacts> facts = HashMap.newHashMap(rows.size());
            rows.forEach(row -> facts.put(new UserKey(row.getLong("account_id"), row.getString("id")), facts(row)));
            return facts;
        });
    }

    private static Boolean[] areTold(
            Map<UserKey, Set<NotificationChannel>> users, List<UserKey> asked, NotificationChannel by) {
        return asked.stream()
                .map(user -> users.getOrDefault(user, Set.of()).contains(by))
                .toArray(Boolean[]::new);
    }

    private static List<String> browsers(Row row) {
        String[] browsers = row.getArrayOfStrings("browsers");
        return browsers == null ? List.of() : List.of(browsers);
    }

    private static UserFacts facts(Row row) {
        return new UserFacts(
                row.getString("phone"),
                row.getString("email"),
                row.getString("locale"),
                row.getString("time_zone"),
                browsers(row),
                row.getBoolean("has_endpoints"),
                switched(row),
                agreed(row));
    }

    private static Map<Switch, Boolean> switched(Row row) {
        String[] words = row.getArrayOfStrings("switched");
        Map<Switch, Boolean> switched = HashMap.newHashMap(words.length);
        for (String word : words) {
            Said said = Said.of(word);
            switched.put(new Switch(said.about(), said.channel()), said.yes());
        }
        return switched;
    }

    private static Map<Agreement, Boolean> agreed(Row row) {
        String[] words = row.getArrayOfStrings("agreed");
        if (words == null) {
            return Map.of();
        }
        Map<Agreement, Boolean> agreed = HashMap.newHashMap(words.length);
        for (String word : words) {
            Said said = Said.of(word);
            agreed.put(new Agreement(said.channel(), Purpose.of(said.about())), said.yes());
        }
        return agreed;
    }

    /** As {@link #READ} writes it. */
    private record Said(boolean yes, NotificationChannel channel, String about) {
        static Said of(String word) {
            int space = word.indexOf(' ');
            return new Said(
                    word.charAt(0) == '+', NotificationChannel.of(word.substring(1, space)), word.substring(space + 1));
        }
    }
}
