package io.heliograph.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogGuardTest {
    private final LogGuard guard = new LogGuard("+15005550010");

    @BeforeEach
    void watch() {
        guard.watch();
    }

    @AfterEach
    void stop() {
        guard.stop();
    }

    @Test
    void finds_a_recipient_among_the_fields() {
        LoggerFactory.getLogger("test")
                .atInfo()
                .addKeyValue("to", "+15005550010")
                .log("Sent");

        assertThatThrownBy(guard::check).hasMessageContaining("something personal");
    }

    @Test
    void finds_an_event_loop_that_was_blocked_for_long() {
        LoggerFactory.getLogger("io.vertx.core.impl.BlockedThreadChecker")
                .warn("Thread vert.x-eventloop-thread-0 has been blocked for 5314 ms, time limit is 2000 ms");

        assertThatThrownBy(guard::check).hasMessageContaining("blocked event loop");
    }

    @Test
    void lets_pass_what_is_in_order() {
        LoggerFactory.getLogger("test").atInfo().addKeyValue("message_id", "1").log("Sent");
        LoggerFactory.getLogger("io.vertx.core.impl.BlockedThreadChecker")
                .warn("Thread vert.x-worker-thread-0 has been blocked for 61314 ms, time limit is 60000 ms");

        assertThatCode(guard::check).doesNotThrowAnyException();
    }
}
