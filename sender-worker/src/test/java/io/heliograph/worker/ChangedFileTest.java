package io.heliograph.worker;

import static io.heliograph.worker.WorkerRig.get;
import static io.heliograph.worker.WorkerRig.providers;
import static io.heliograph.worker.WorkerRig.soon;
import static io.heliograph.worker.WorkerRig.twilio;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Lane;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.worker.testing.Messages;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker follows its file, whatever its calls are doing. */
class ChangedFileTest {
    private static final long IN_FORCE_MILLIS = 2_000;
    private static final int BEFORE_PER_SECOND = 100;
    private static final int AFTER_PER_SECOND = 20;

    /** A second, less 20 ms of jitter between two calls. */
    private static final long WINDOW_MILLIS = 980;

    private final WorkerRig rig;
    private final Messages messages;
    private final SimulatorControl control;

    @TempDir
    private Path folder;

    ChangedFileTest() throws Exception {
        rig = new WorkerRig();
        messages = rig.messages;
        control = rig.control;
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    /** Goal: a lower limit waits for nobody. Method: a change before it closes a provider whose call hangs for ten seconds. */
    @Test
    void a_limit_that_is_lowered_under_load_holds_within_two_seconds_while_another_provider_is_closing()
            throws Exception {
        silenceAt(new JsonObject().put("provider", "plivo"));
        Worker _ = rig.worker(two(BEFORE_PER_SECOND, 64));
        rig.post.publish(
                "plivo", Lane.NORMAL, List.of(messages.queued().topic("plivo").insert()));
        soon().until(() -> control.rate(Provider.PLIVO).received() == 1);
        for (int i = 0; i < 10; i++) {
            rig.post.publish(messages.queued(100));
        }
        soon().until(() -> control.rate(Provider.TWILIO).received() > BEFORE_PER_SECOND);

        Map<String, String> _ = two(BEFORE_PER_SECOND, 32);
        soon().until(() -> messages.number("SELECT per_second FROM send_rate WHERE scope = 'provider:plivo'") == 32);
        Map<String, String> _ = two(AFTER_PER_SECOND, 32);
        long inForceAt = System.currentTimeMillis() + IN_FORCE_MILLIS;
        soon().until(() -> since(inForceAt).length > 2 * AFTER_PER_SECOND);

        assertThat(peak(since(inForceAt))).isLessThanOrEqualTo(AFTER_PER_SECOND);
        assertThat(peak(since(0))).isLessThanOrEqualTo(BEFORE_PER_SECOND);
        assertThat(messages.violations()).isZero();
    }

    @Test
    void other_retries_are_in_force_at_once_and_end_nobodys_calls() throws Exception {
        silenceAt(new JsonObject().put("to_suffix", "77"));
        Worker worker = rig.worker(twilio(folder, rig.simulator.port(), "", "retry: {attempts_max: 8}"));
        UUID hanging = messages.queued().to("+15005550177").insert();
        rig.post.publish(List.of(hanging));
        soon().until(() -> control.summary().received() == 1);

        Map<String, String> _ = twilio(folder, rig.simulator.port(), "", "retry: {attempts_max: 1}");
        soon().until(() ->
                get(worker, "/metrics").contains("heliograph_providers_file_changes_total{outcome=\"applied\"} 1.0"));
        String still = messages.status(hanging);
        rig.script(new JsonObject().put("kind", "too_many_requests"));
        UUID tried = messages.queued().insert();
        rig.post.publish(List.of(tried));

        soon().until(() -> messages.status(tried).equals("failed"));
        assertThat(messages.column(tried, "reason")).isEqualTo("attempts_used_up");
        assertThat(still).isEqualTo("sending");
    }

    private void silenceAt(JsonObject where) {
        JsonObject silence = new JsonObject().put("kind", "silence").put("accepts", false);
        control.script(new JsonObject().put("rules", new JsonArray().add(where.put("answer", silence))));
    }

    /** What stands at Plivo for its calls at once can only be changed by opening it anew. */
    private Map<String, String> two(int twilioPerSecond, int plivoAtOnce) throws Exception {
        return providers(folder, """
            providers:
              twilio:
                kind: twilio
                base_url: http://127.0.0.1:%1$d
                account_sid: AC00000000000000000000000000000001
                auth_token: heliograph-simulator-token-0000000
                from: "+15005550006"
                limits: {per_second: %2$d}
              plivo:
                kind: plivo
                base_url: http://127.0.0.1:%1$d
                auth_id: MAHELIOGRAPH00000001
                auth_token: heliograph-simulator-plivo-token-0000000
                from: "14155550100"
                limits: {per_second: %3$d, concurrency: %3$d}
            routes: {sms: twilio}
            """.formatted(rig.simulator.port(), twilioPerSecond, plivoAtOnce));
    }

    /** When messages came to Twilio. */
    private long[] since(long millis) {
        return LongStream.of(control.arrivals(Provider.TWILIO, 10_000))
                .filter(at -> at >= millis)
                .toArray();
    }

    private static long peak(long[] arrivals) {
        return Arrays.stream(arrivals)
                .map(from -> Arrays.stream(arrivals)
                        .filter(at -> at >= from && at < from + WINDOW_MILLIS)
                        .count())
                .max()
                .orElse(0);
    }
}
