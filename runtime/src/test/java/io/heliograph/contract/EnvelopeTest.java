package io.heliograph.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static final UUID ID = UUID.fromString("019a0000-0000-7000-8000-000000000001");

    @Test
    void reads_back_what_it_wrote_in_its_order() {
        UUID other = UUID.fromString("019a0000-0000-7000-8000-000000000000");
        Envelope envelope = new Envelope(List.of(ID, other));

        assertThat(Envelope.decode(envelope.encode())).isEqualTo(envelope);
    }

    @Test
    void carries_ids_and_nothing_else() {
        assertThat(new Envelope(List.of(ID)).encode()).hasToString("{\"v\":1,\"ids\":[\"" + ID + "\"]}");
    }

    @Test
    void holds_one_to_a_hundred_ids() {
        List<UUID> full = Collections.nCopies(Envelope.IDS_MAX, ID);
        List<UUID> tooMany = Collections.nCopies(Envelope.IDS_MAX + 1, ID);

        assertThat(Envelope.decode(new Envelope(full).encode()).ids()).hasSize(100);
        assertThatThrownBy(() -> new Envelope(tooMany)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Envelope(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "{\"v\":1}",
                "{\"v\":2,\"ids\":[\"019a0000-0000-7000-8000-000000000001\"]}",
                "{\"v\":\"1\",\"ids\":[\"019a0000-0000-7000-8000-000000000001\"]}",
                "{\"v\":1,\"ids\":[]}",
                "{\"v\":1,\"ids\":[1]}",
                "{\"v\":1,\"ids\":[null]}",
                "{\"v\":1,\"ids\":[\"not an id\"]}",
                "{\"v\":1,\"ids\":\"019a0000-0000-7000-8000-000000000001\"}"
            })
    void refuses_what_it_did_not_write(String body) {
        assertThatThrownBy(() -> Envelope.decode(Buffer.buffer(body))).isInstanceOf(IllegalArgumentException.class);
    }
}
