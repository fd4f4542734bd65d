package io.heliograph.gateway.turns;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.contract.Segments;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.outbox.AcceptStore;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.outbox.Recourse;
import io.heliograph.gateway.outbox.TwilioExtras;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes answers to people, as messages with their promises, in the transaction of what they answer. */
public final class Answering {
    /** Whoever is still waiting then has gone. */
    private static final Duration VALID_FOR = Duration.ofHours(1);

    private final ErasedPersons erased;
    private final Origins origins;

    public Answering(ErasedPersons erased, Origins origins) {
        this.erased = erased;
        this.origins = origins;
    }

    /**
     * From the number that was written to, by the provider that brought it. Whoever has said STOP to it gets none.
     *
     * @param content what the message has beside its text, by its channel; null for nothing
     * @param about what it is called, where that is anything
     */
    public Future<Void> answer(
            SqlConnection connection,
            Turn turn,
            String text,
            @Nullable JsonObject content,
            NewMessage.@Nullable Told about) {
        NewMessage message = message(turn, text, content, about);
        return AcceptStore.tell(connection, List.of(message), _ -> turn.topic(), erased)
                .mapEmpty();
    }

    private NewMessage message(Turn turn, String text, @Nullable JsonObject content, NewMessage.@Nullable Told about) {
        Segments segments = turn.channel() == Channel.EMAIL ? Segments.NONE : Segments.of(text);
        OffsetDateTime now = OffsetDateTime.now(origins.clock());
        return new NewMessage(
                origins.ids().get(),
                turn.accountId(),
                turn.channel(),
                // Somebody holds the telephone in their hand.
                Lane.CRITICAL,
                turn.person(),
                turn.number(),
                text,
                null,
                content,
                segments.count(),
                segments.encoding(),
                null,
                now,
                VALID_FOR,
                "fail",
                null,
                null,
                null,
                Recourse.USUAL,
                TwilioExtras.NONE,
                about);
    }
}
