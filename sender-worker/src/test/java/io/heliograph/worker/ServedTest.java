package io.heliograph.worker;

import static io.heliograph.worker.WorkerRig.get;
import static io.heliograph.worker.WorkerRig.providers;
import static io.heliograph.worker.WorkerRig.soon;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.heliograph.contract.Lane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A worker may be told to serve some of the providers and lanes, and leaves the others to other workers. */
class ServedTest {
    private static final String FILE = """
        providers:
          left: {kind: log}
          right: {kind: log}
        routes: {sms: [left, right]}
        """;

    private final Logger logger = (Logger) LoggerFactory.getLogger(DeliveryLine.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final WorkerRig rig;

    @TempDir
    private Path folder;

    ServedTest() throws Exception {
        rig = new WorkerRig();
    }

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void stop() throws Exception {
        boolean _ = logger.detachAppender(logged);
        rig.close();
    }

    @Test
    void providers_are_all_that_a_worker_sends_through() throws Exception {
        UUID toTheRight = rig.messages.queued().topic("right").insert();
        UUID toTheLeft = rig.messages.queued().topic("left").insert();
        Worker left = worker(Map.of("HELIOGRAPH_WORKER_PROVIDERS", "left"));

        rig.post.publish("right", Lane.NORMAL, List.of(toTheRight));
        rig.post.publish("left", Lane.NORMAL, List.of(toTheLeft));

        soon().until(() -> rig.messages.status(toTheLeft).equals("sent"));
        assertThat(rig.messages.status(toTheRight)).isEqualTo("queued");
        assertThat(get(left, "/metrics"))
                .contains("heliograph_provider_breaker_state{provider=\"left\"}")
                .doesNotContain("heliograph_provider_breaker_state{provider=\"right\"}");

        Worker _ = worker(Map.of("HELIOGRAPH_WORKER_PROVIDERS", "right"));
        soon().until(() -> rig.messages.status(toTheRight).equals("sent"));
    }

    @Test
    void lanes_are_all_that_a_worker_takes_from() throws Exception {
        UUID bulk = rig.messages.queued().topic("left").with("lane", "'bulk'").insert();
        UUID critical =
                rig.messages.queued().topic("left").with("lane", "'critical'").insert();
        Worker _ = worker(Map.of("HELIOGRAPH_WORKER_LANES", "critical"));

        rig.post.publish("left", Lane.BULK, List.of(bulk));
        rig.post.publish("left", Lane.CRITICAL, List.of(critical));

        soon().until(() -> rig.messages.status(critical).equals("sent"));
        assertThat(rig.messages.status(bulk)).isEqualTo("queued");
        assertThat(rig.idsTaken()).isEqualTo(1);

        Worker _ = worker(Map.of("HELIOGRAPH_WORKER_LANES", "bulk,normal"));
        soon().until(() -> rig.messages.status(bulk).equals("sent"));
    }

    @Test
    void providers_that_leave_the_file_are_told_of_and_left_alone() throws Exception {
        Worker right = worker(Map.of("HELIOGRAPH_WORKER_PROVIDERS", "right"));

        Path _ = Files.writeString(
                folder.resolve("providers.yaml"), "{providers: {left: {kind: log}}, routes: {sms: left}}");

        soon().until(() -> !warnings().isEmpty());
        assertThat(warnings()).singleElement().asString().contains("serve providers", "right");
        // Nobody waits for its calls to end.
        soon().until(() -> !get(right, "/metrics").contains("heliograph_provider_breaker_state{provider=\"right\"}"));
    }

    private Worker worker(Map<String, String> more) throws Exception {
        Map<String, String> variables = new HashMap<>(providers(folder, FILE));
        variables.putAll(more);
        return rig.worker(variables);
    }

    private List<String> warnings() {
        return logged.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(event -> event.getFormattedMessage() + " " + event.getKeyValuePairs())
                .toList();
    }
}
