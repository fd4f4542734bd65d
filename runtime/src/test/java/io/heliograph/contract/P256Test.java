package io.heliograph.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class P256Test {
    private static final String PUBLIC = SimulatorAccount.VAPID_PUBLIC_KEY;
    private static final String PRIVATE = SimulatorAccount.VAPID_PRIVATE_KEY;

    @Test
    void writes_what_it_reads() {
        assertThat(P256.text(P256.publicKey(PUBLIC))).isEqualTo(PUBLIC);
        assertThat(P256.text(P256.privateKey(PRIVATE))).isEqualTo(PRIVATE);
    }

    @Test
    void knows_a_pair() {
        assertThat(P256.isPair(P256.publicKey(PUBLIC), P256.privateKey(PRIVATE)))
                .isTrue();
        assertThat(P256.isPair(P256.publicKey(PUBLIC), P256.privateKey("A" + PRIVATE.substring(1))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "BK",
                "BJGZwMLGdcMEOfLSMZsTe7yVHmzbJoCW4PT2Gomr3HTgBzbeN76whsqrEoGXrt02ouX9eiLRtOoPThpmg6qdAdw"
            })
    void refuses_what_is_no_point_of_the_curve(String text) {
        assertThatThrownBy(() -> P256.publicKey(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "_____________________________________________w"
            })
    void refuses_what_is_no_private_key(String text) {
        assertThatThrownBy(() -> P256.privateKey(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void counts_what_a_browser_gets() {
        PushPayload payload = new PushPayload(new UUID(0, 0), "T", "न", "/");

        assertThat(new String(payload.bytes(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"id\":\"00000000-0000-0000-0000-000000000000\",\"title\":\"T\",\"body\":\"न\",\"url\":\"/\"}");
        assertThat(payload.fits()).isTrue();
        assertThat(new PushPayload(new UUID(0, 0), null, "न".repeat(1_315), null).fits())
                .isFalse();
        assertThat(payload.toString()).doesNotContain("T\"", "न");
    }
}
