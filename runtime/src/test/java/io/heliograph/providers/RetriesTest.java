package io.heliograph.providers;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.providers.Retry.Jitter;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private static final Retry USUAL = new Retry(8, Duration.ofSeconds(1), Duration.ofMinutes(5));

    @Test
    void puts_each_part_of_a_messages_wish_before_its_accounts_and_that_before_what_is_usual() {
        Retries retries = new Retries(USUAL, Map.of("acme", new RetryWish(3, Duration.ofSeconds(30), null, null)));
        RetryWish own = RetryWish.of(new JsonObject().put("attempts_max", 5).put("jitter", "none"));

        assertThat(retries.of("acme", own))
                .isEqualTo(new Retry(5, Duration.ofSeconds(30), Duration.ofMinutes(5), Jitter.NONE));
        assertThat(retries.of("other", RetryWish.of(null))).isEqualTo(USUAL);
    }

    @Test
    void stretches_the_pause_that_nobody_wished_for_so_that_the_other_one_fits() {
        RetryWish slow = RetryWish.of(new JsonObject().put("base", "10m"));
        RetryWish quick = RetryWish.of(new JsonObject().put("cap", "1s"));
        Retry minutes = new Retry(8, Duration.ofMinutes(1), Duration.ofMinutes(5));

        assertThat(slow.over(USUAL)).isEqualTo(new Retry(8, Duration.ofMinutes(10), Duration.ofMinutes(10)));
        assertThat(quick.over(minutes)).isEqualTo(new Retry(8, Duration.ofSeconds(1), Duration.ofSeconds(1)));
    }
}
