package io.heliograph.gateway.notifications.telling;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The events that webhook endpoints get, in whatever transaction the client is in. A trigger promises their deliveries. */
public final class PostedWebhookStore {
    // The id is by the database's clock, as those of all events are.
    private static final String POST = """
        INSERT INTO event (id, account_id, type, occurred_at, data)
        SELECT uuid_v7_now(), w.account_id, 'notification.posted', now(), w.data::jsonb
        FROM unnest($1::bigint[], $2::text[]) WITH ORDINALITY AS w (account_id, data, place)
        ORDER BY place
        RETURNING id, data ->> 'id' AS notification_id""";

    private PostedWebhookStore() {}

    /** The same plans, each with the id of its event where it has one. */
    public static Future<List<Plan>> post(SqlClient client, List<Plan> plans) {
        List<Plan> posting =
                plans.stream().filter(plan -> plan.webhook() != null).toList();
        if (posting.isEmpty()) {
            return Future.succeededFuture(plans);
        }
        Tuple parameters = Tuple.tuple()
                .addArrayOfLong(
                        posting.stream().map(plan -> plan.event().accountId()).toArray(Long[]::new))
                .addArrayOfString(posting.stream()
                        .map(plan ->
                                Objects.requireNonNull(plan.webhook()).data().encode())
                        .toArray(String[]::new));
        return client.preparedQuery(POST).execute(parameters).map(rows -> {
            Map<UUID, UUID> ids = HashMap.newHashMap(rows.size());
            rows.forEach(row -> ids.put(UUID.fromString(row.getString("notification_id")), row.getUUID("id")));
            return plans.stream()
                    .map(plan -> plan.webhookStoredAs(ids.get(plan.event().id())))
                    .toList();
        });
    }
}
