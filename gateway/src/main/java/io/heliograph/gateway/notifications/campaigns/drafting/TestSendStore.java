package io.heliograph.gateway.notifications.campaigns.drafting;

import io.heliograph.gateway.notifications.campaigns.Campaign;
import io.heliograph.gateway.notifications.campaigns.CampaignStore;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.AcceptStore;
import io.heliograph.gateway.outbox.Accepted;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.Topics;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** What is asked and stored for the testers of a campaign. */
final class TestSendStore {
    private static final String KNOWN = """
        SELECT u.id, CASE WHEN c.channel = 'email' THEN u.email ELSE u.phone END AS address, u.locale
        FROM app_user u, (SELECT channel FROM campaign WHERE id = $3) c
        WHERE u.account_id = $1 AND u.id = ANY ($2)""";

    private final Pool pool;
    private final Topics topics;
    private final ErasedPersons erased;

    TestSendStore(Pool pool, Topics topics, ErasedPersons erased) {
        this.pool = pool;
        this.topics = topics;
        this.erased = erased;
    }

    Future<Campaign> campaign(UUID id, long accountId) {
        return CampaignStore.find(pool, id, accountId).map(Campaign::of);
    }

    /** The same, with what is known of those who are users. */
    Future<List<Tester>> known(Campaign campaign, List<Tester> testers) {
        String[] users =
                testers.stream().map(Tester::user).filter(Objects::nonNull).toArray(String[]::new);
        return pool.preparedQuery(KNOWN)
                .execute(Tuple.of(campaign.accountId(), users, campaign.id()))
                .map(rows -> {
                    Map<String, Row> known = new HashMap<>();
                    rows.forEach(row -> known.put(row.getString("id"), row));
                    return testers.stream()
                            .map(tester -> {
                                Row row = tester.user() == null ? null : known.get(tester.user());
                                return row == null
                                        ? tester
                                        : tester.known(row.getString("address"), row.getString("locale"));
                            })
                            .toList();
                });
    }

    /** One answer for each, in their order. */
    Future<List<Accepted.ItemAnswer>> accept(long accountId, List<AcceptIntent.Item> items) {
        if (items.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return AcceptStore.accept(pool, List.of(new AcceptIntent(accountId, null, items)), topics, erased)
                .map(accepted -> ((Accepted.Answered) accepted.getFirst()).items());
    }
}
