package io.heliograph.worker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.heliograph.runtime.Environment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Who has a public URL and no file of providers believes that messages leave, and they end at the simulator. */
class NothingIsSentTest {
    private static final String PUBLIC_URL = "HELIOGRAPH_PUBLIC_URL";

    private final Logger logger = (Logger) LoggerFactory.getLogger(Worker.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void stopListening() {
        boolean _ = logger.detachAppender(logged);
    }

    @Test
    void is_told_once_at_the_start() throws Exception {
        try (WorkerRig rig = new WorkerRig()) {
            Worker _ = rig.worker(Map.of());
            assertThat(warnings()).isEmpty();

            Worker _ = rig.worker(Map.of(PUBLIC_URL, "https://gateway.example.com"));

            assertThat(warnings()).singleElement().asString().contains("HELIOGRAPH_PROVIDERS", "simulator");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://gateway.example.com",
                "http://my_gateway:8080/base/",
                "https://localhost.example.com",
                "http://10.0.0.1"
            })
    void is_so_where_the_public_url_leads_elsewhere(String url) throws Exception {
        assertThat(config(Map.of(PUBLIC_URL, url)).sendsNothingForAPublicUrl()).isTrue();
        assertThat(config(WorkerRig.providers(folder, "{providers: {dry: {kind: log}}, routes: {sms: dry}}"), url)
                        .sendsNothingForAPublicUrl())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "http://LOCALHOST:8185/", "https://127.0.0.1:1/x", "http://[::1]:8080"})
    void is_nothing_to_tell_on_this_machine(String url) {
        assertThat(config(Map.of(PUBLIC_URL, url)).sendsNothingForAPublicUrl()).isFalse();
    }

    private List<String> warnings() {
        return logged.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static WorkerConfig config(Map<String, String> file, String url) {
        return config(Map.of("HELIOGRAPH_PROVIDERS", file.getOrDefault("HELIOGRAPH_PROVIDERS", ""), PUBLIC_URL, url));
    }

    private static WorkerConfig config(Map<String, String> variables) {
        return WorkerConfig.read(new Environment(variables));
    }
}
