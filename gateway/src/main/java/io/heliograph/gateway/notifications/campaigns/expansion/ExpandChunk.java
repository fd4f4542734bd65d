package io.heliograph.gateway.notifications.campaigns.expansion;

import io.heliograph.gateway.notifications.campaigns.CampaignMeters;
import io.heliograph.gateway.notifications.campaigns.expansion.PlanChunk.Outcome;
import io.heliograph.gateway.notifications.campaigns.expansion.PlanChunk.Planned;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.consents.Purpose;
import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.gateway.notifications.telling.Plan;
import io.heliograph.gateway.notifications.telling.PlanEvents;
import io.heliograph.gateway.notifications.telling.TellStore;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.runtime.Aside;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns one chunk after the other into messages, in one transaction each: what is known of its persons is read, every one decided and
 * rendered, and everything stored. Any number of gateways may do so at once; one that dies leaves a chunk as it was.
 */
public final class ExpandChunk {
    /** What it takes to decide, to render and to store. */
    public record With(Catalog catalog, PlanEvents planEvents, Topics topics, ErasedPersons erased) {}

    /** What a chunk came to. */
    private record Expanded(int messages, List<Reason> skipped) {
        static Expanded of(ChunkColumns columns, int optedOut) {
            List<Reason> skipped = new ArrayList<>(columns.skipped().values());
            skipped.addAll(Collections.nCopies(optedOut, Reason.RECIPIENT_OPTED_OUT));
            return new Expanded(columns.messages().size() - optedOut, skipped);
        }
    }

    private final ChunkStore chunks;
    private final Catalog catalog;
    private final PlanEvents planEvents;
    private final Topics topics;
    private final ErasedPersons erased;
    private final Clock clock;
    private final Aside aside;
    private final CampaignMeters meters;

    public ExpandChunk(Pool pool, With with, Clock clock, Aside aside, CampaignMeters meters) {
        this.chunks = new ChunkStore(pool);
        this.catalog = with.catalog();
        this.planEvents = with.planEvents();
        this.topics = with.topics();
        this.erased = with.erased();
        this.clock = clock;
        this.aside = aside;
        this.meters = meters;
    }

    /** Answers how many rows of an audience were done. */
    public Future<Integer> runOnce() {
        return chunks.take()
                .compose(chunk -> chunk == null
                        ? Future.succeededFuture(0)
                        : catalog.ready(chunk.campaign().accountId()).compose(ready -> expand(chunk)));
    }

    private Future<Integer> expand(Chunk chunk) {
        NotificationType type = chunk.campaign().type(catalog);
        String purpose = Purpose.of(type).word();
        return chunks.expand(
                        chunk,
                        connection -> RecipientStore.read(connection, chunk, type.category(), purpose),
                        (connection, rows) -> aside.run(() -> plan(chunk, type, rows))
                                .compose(outcome -> store(connection, chunk, purpose, outcome)))
                .map(expanded -> done(chunk, expanded))
                // Another try need not wait for the end of the lease.
                .recover(failure -> {
                    meters.failed();
                    return chunks.letGo(chunk).transform(_ -> Future.failedFuture(failure));
                });
    }

    private int done(Chunk chunk, @Nullable Expanded expanded) {
        if (expanded == null) {
            return 0;
        }
        meters.expanded(expanded.messages(), expanded.skipped());
        return chunk.lastRow() - chunk.afterRow();
    }

    private Outcome plan(Chunk chunk, NotificationType type, RowSet<Row> rows) {
        return new PlanChunk(catalog, planEvents, chunk.campaign(), type, OffsetDateTime.now(clock)).plan(rows);
    }

    private Future<Expanded> store(SqlConnection connection, Chunk chunk, String purpose, Outcome outcome) {
        Promise<Expanded> expanded = Promise.promise();
        List<Plan> plans = outcome.planned().stream().map(Planned::plan).toList();
        return TellStore.tell(
                        connection,
                        plans,
                        within -> aside.run(() -> columns(chunk, outcome, within))
                                .compose(columns -> WriteStore.write(connection, chunk, purpose, columns)
                                        .onSuccess(optedOut -> expanded.complete(Expanded.of(columns, optedOut.size())))
                                        .map(optedOut -> stored(within, columns, optedOut))))
                .compose(told -> expanded.future());
    }

    private ChunkColumns columns(Chunk chunk, Outcome outcome, List<Plan> within) {
        NotificationChannel channel = chunk.campaign().wish().channel();
        List<ChunkColumns.Told> told = new ArrayList<>(within.size());
        Map<Integer, Reason> skipped = new HashMap<>(outcome.skipped());
        for (int i = 0; i < within.size(); i++) {
            Planned planned = outcome.planned().get(i);
            List<NewMessage> messages = within.get(i).messages().getOrDefault(channel, List.of());
            if (messages.isEmpty()) {
                skipped.put(planned.recipient().n(), within.get(i).skipped().getOrDefault(channel, Reason.NO_TEMPLATE));
            } else {
                // A number or an address: whoever has one has one.
                told.add(ChunkColumns.told(planned, messages.getFirst()));
            }
        }
        return ChunkColumns.of(told, skipped, topics, erased);
    }

    /** Asked for only where something is capped. */
    private Map<UUID, OffsetDateTime> stored(List<Plan> plans, ChunkColumns columns, Set<UUID> optedOut) {
        if (plans.stream().allMatch(plan -> plan.limits().isEmpty())) {
            return Map.of();
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        Map<UUID, OffsetDateTime> stored = HashMap.newHashMap(columns.messages().size());
        columns.messages().forEach(told -> stored.put(told.message().id(), now));
        stored.keySet().removeAll(optedOut);
        return stored;
    }
}
