package io.heliograph.gateway.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.messages.BatchItems.Known;
import io.heliograph.gateway.messages.BatchItems.Slot;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.Accepted;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BatchItemsTest {
    private static final Slot LATE = new Slot.TooLate(
            Problem.of(ProblemCode.IN_THE_PAST, "Too late."), new AcceptIntent.Key("k", Buffer.buffer()));
    private static final List<Accepted.ItemAnswer> ANSWERS = List.of(
            new Accepted.KeyUnknown(new IOException("gone")),
            new Accepted.Replayed(new UUID(0, 1)),
            new Accepted.KeyReused());

    private final BatchItems items = new BatchItems(
            List.of(new Slot.Submitted(0), new Slot.Submitted(1), new Slot.Submitted(2), LATE), List.of());

    @Test
    void refuse_for_now_what_only_the_database_could_tell_when_it_cannot_be_asked() {
        assertThat(codes(Known.NOTHING))
                .containsExactly("unavailable", "unavailable", "idempotency_key_reused", "unavailable");
    }

    @Test
    void refuse_for_good_what_the_database_does_not_know() {
        assertThat(codes(new Known(Map.of(), Map.of(), null, true)))
                .containsExactly("unavailable", "not_found", "idempotency_key_reused", "in_the_past");
    }

    private List<String> codes(Known known) {
        return items.render(ANSWERS, known).stream()
                .map(item -> ((JsonObject) item).getJsonObject("error").getString("code"))
                .toList();
    }
}
