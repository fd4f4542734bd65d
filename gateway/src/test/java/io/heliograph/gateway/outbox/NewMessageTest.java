package io.heliograph.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NewMessageTest {
    @Test
    void weighs_its_text_its_media_and_its_metadata() {
        String url = "https://example.com/" + "x".repeat(1_980);
        String note = "x".repeat(4_000);

        int bare = message("", null, null).bytes();

        assertThat(message("x".repeat(1_600), null, null).bytes()).isGreaterThanOrEqualTo(bare + 1_600);
        assertThat(message("", new JsonArray().add(url).add(url), null).bytes()).isGreaterThanOrEqualTo(bare + 4_000);
        assertThat(message("", null, new JsonObject().put("note", note)).bytes())
                .isGreaterThanOrEqualTo(bare + 4_000);
    }

    private static NewMessage message(String body, @Nullable JsonArray mediaUrls, @Nullable JsonObject metadata) {
        return new NewMessage(
                new UUID(0, 1),
                7,
                Channel.SMS,
                Lane.NORMAL,
                "+15005550010",
                null,
                body,
                mediaUrls,
                null,
                1,
                "gsm7",
                null,
                OffsetDateTime.MIN,
                Duration.ofDays(1),
                "fail",
                null,
                metadata,
                null,
                Recourse.USUAL,
                TwilioExtras.NONE,
                null);
    }
}
