package io.heliograph.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.ChildJvm;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A worker process that is told to end while it has all hands full. */
class WorkerStoppedTest {
    private static final int MESSAGES = 500;
    private static final Duration END_MAX = Duration.ofSeconds(10);

    private final WorkerRig rig;

    WorkerStoppedTest() throws Exception {
        rig = new WorkerRig();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    /** Goal: nothing in doubt, and nothing twice, after SIGTERM. Method: calls that take a while, so that many are under way. */
    @Test
    void ends_within_ten_seconds_leaves_nothing_in_doubt_and_the_rest_to_another() throws Exception {
        rig.control.script(new JsonObject()
                .put(
                        "rules",
                        new JsonArray().add(new JsonObject().put("latency", new JsonObject().put("fixed_ms", 600)))));
        try (ChildJvm worker = rig.process()) {
            for (int i = 0; i < MESSAGES / 100; i++) {
                rig.post.publish(rig.messages.queued(100));
            }
            WorkerRig.soon().until(() -> rig.control.summary().received() > 64);

            int _ = worker.stop(END_MAX);
        }

        long sent = rig.control.summary().accepted();
        assertThat(sent).isLessThan(MESSAGES);
        assertThat(rig.control.summary().received()).isEqualTo(sent);
        assertThat(rig.messages.count("sent")).isEqualTo(sent);
        assertThat(rig.messages.count("queued")).isEqualTo(MESSAGES - sent);
        assertThat(rig.messages.number("SELECT count(*) FROM attempt WHERE outcome = 'unknown'"))
                .isZero();

        rig.control.clearScript();
        Worker _ = rig.worker(Map.of());
        rig.relayUntil(() -> rig.messages.count("sent") == MESSAGES);

        assertThat(rig.control.summary().received()).isEqualTo(MESSAGES);
        assertThat(rig.control.summary().messages()).isEqualTo(MESSAGES);
        assertThat(rig.messages.violations()).isZero();
    }
}
