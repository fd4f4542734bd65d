package io.heliograph.gateway.appointments.notices;

import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.gateway.notifications.telling.Plan;
import io.heliograph.gateway.notifications.telling.TellStore;
import io.heliograph.gateway.outbox.AcceptStore;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.outbox.Topics;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stores notices with their messages and promises, in whatever transaction the client is in. */
public final class NoticeStore {
    private static final String WRITE = """
        INSERT INTO appointment_notice (appointment_id, revision, kind, channel, account_id, id, reason, created_at)
        SELECT appointment_id, revision, kind, channel, account_id, id, reason, now()
        FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::bigint[], $6::uuid[], $7::text[])
          AS n (appointment_id, revision, kind, channel, account_id, id, reason)""";

    /** A row: why there is no message, or null, and then {@code id} is that of the message. */
    private record Line(
            Notices of, Notice notice, UUID id, @Nullable String reason) {}

    private final Topics topics;
    private final ErasedPersons erased;

    public NoticeStore(Topics topics, ErasedPersons erased) {
        this.topics = topics;
        this.erased = erased;
    }

    /** All of them, or the Future fails. */
    public Future<Void> tell(SqlClient client, List<Notices> all) {
        return messages(client, all)
                .compose(told -> client.preparedQuery(WRITE)
                        .execute(columns(lines(all, told)))
                        .mapEmpty());
    }

    private Future<TellStore.Told> messages(SqlClient client, List<Notices> all) {
        List<Plan> plans = new ArrayList<>();
        Map<UUID, NewMessage> forVisits = new HashMap<>();
        written(all).forEach(one -> {
            plans.add(one.plan());
            forVisits.put(one.message().id(), one.forVisit());
        });
        return plans.isEmpty()
                ? Future.succeededFuture(new TellStore.Told(List.of(), Map.of()))
                : TellStore.tell(
                        client,
                        plans,
                        within -> AcceptStore.tell(
                                client,
                                TellStore.messages(within).stream()
                                        .map(message -> forVisits.getOrDefault(message.id(), message))
                                        .toList(),
                                topics,
                                erased));
    }

    private static Stream<Notice.Written> written(List<Notices> all) {
        return all.stream()
                .flatMap(notices -> notices.each().stream())
                .filter(Notice.Written.class::isInstance)
                .map(Notice.Written.class::cast);
    }

    /** Plans come back in their order; those of whom there are no messages any more were capped. */
    private static List<Line> lines(List<Notices> all, TellStore.Told told) {
        List<Line> lines = new ArrayList<>();
        int plan = 0;
        for (Notices notices : all) {
            for (Notice notice : notices.each()) {
                lines.add(
                        switch (notice) {
                            case Notice.Skipped(var _, UUID id, Reason reason) ->
                                new Line(notices, notice, id, reason.word());
                            case Notice.Written written ->
                                line(notices, written, told.plans().get(plan++), told.stored());
                        });
            }
        }
        return lines;
    }

    private static Line line(Notices notices, Notice.Written written, Plan within, Map<UUID, OffsetDateTime> stored) {
        UUID id = written.message().id();
        if (stored.containsKey(id)) {
            return new Line(notices, written, id, null);
        }
        Reason reason = within.skipped().getOrDefault(written.channel(), Reason.RECIPIENT_OPTED_OUT);
        return new Line(notices, written, id, reason.word());
    }

    private static Tuple columns(List<Line> lines) {
        return Tuple.tuple()
                .addArrayOfUUID(
                        lines.stream().map(line -> line.of().visit().id()).toArray(UUID[]::new))
                .addArrayOfInteger(
                        lines.stream().map(line -> line.of().visit().revision()).toArray(Integer[]::new))
                .addArrayOfString(texts(lines, line -> line.of().kind().word()))
                .addArrayOfString(texts(lines, line -> line.notice().channel().word()))
                .addArrayOfLong(lines.stream()
                        .map(line -> line.of().visit().accountId())
                        .toArray(Long[]::new))
                .addArrayOfUUID(lines.stream().map(Line::id).toArray(UUID[]::new))
                .addArrayOfString(texts(lines, Line::reason));
    }

    private static String[] texts(List<Line> lines, Function<Line, @Nullable String> text) {
        return lines.stream().map(text).toArray(String[]::new);
    }
}
