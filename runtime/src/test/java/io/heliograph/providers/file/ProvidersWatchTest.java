package io.heliograph.providers.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.heliograph.providers.OlderFileException;
import io.heliograph.providers.Providers;
import io.heliograph.runtime.Environment;
import io.heliograph.runtime.Loop;
import io.heliograph.runtime.Metrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersWatchTest {
    private static final String FIRST = "providers: {dry: {kind: log, limits: {per_second: 10}}}";
    private static final String SECOND = "providers: {dry: {kind: log, limits: {per_second: 20}}}";
    private static final String BROKEN = "providers: {dry: {kind: log, limits: {per_second: -1}}}";

    @TempDir
    private Path folder;

    private final List<Double> heard = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isDeaf = new AtomicBoolean();
    private final AtomicBoolean isOlder = new AtomicBoolean();
    private final PrometheusMeterRegistry registry = Metrics.registry();
    private Path path;
    private ProvidersWatch watch;

    @BeforeEach
    void begin() throws IOException {
        path = Files.writeString(folder.resolve("providers.yaml"), FIRST);
        Environment environment = new Environment(Map.of("HELIOGRAPH_PROVIDERS", path.toString()));
        ProvidersFile file = ProvidersFile.of(environment, Texts.LEASE);
        watch = new ProvidersWatch(file, file.read(), this::hear, registry);
    }

    @Test
    void hands_on_what_a_changed_file_says() throws Exception {
        look(2);
        write(SECOND);

        look(3);

        assertThat(heard).containsExactly(20.0);
        assertThat(perSecond(watch.inForce())).isEqualTo(20.0);
        assertThat(count("applied")).isOne();
    }

    @Test
    void says_nothing_while_the_file_says_the_same() throws Exception {
        look(2);
        write("# A comment.\n" + FIRST);

        look(3);

        assertThat(heard).isEmpty();
        assertThat(count("applied")).isZero();
    }

    @Test
    void sees_what_changed_before_its_first_look() throws Exception {
        write(SECOND);

        look(2);

        assertThat(heard).containsExactly(20.0);
    }

    @Test
    void waits_until_a_file_is_written_to_its_end() throws Exception {
        look(2);
        write(SECOND);
        look(1);
        write(FIRST.replace("10", "30"));
        look(1);

        assertThat(heard).isEmpty();

        look(1);

        assertThat(heard).containsExactly(30.0);
    }

    @Test
    void keeps_what_is_in_force_when_the_file_has_mistakes() throws Exception {
        write(BROKEN);
        look(5);

        assertThat(heard).isEmpty();
        assertThat(perSecond(watch.inForce())).isEqualTo(10.0);
        assertThat(count("refused")).isOne();

        write(SECOND);
        look(2);

        assertThat(heard).containsExactly(20.0);
    }

    @Test
    void keeps_what_is_in_force_when_the_file_is_gone() throws Exception {
        Files.delete(path);
        look(5);
        assertThat(count("refused")).isOne();
        assertThat(perSecond(watch.inForce())).isEqualTo(10.0);

        write(SECOND);
        look(2);

        assertThat(heard).containsExactly(20.0);
    }

    @Test
    void tells_a_listener_that_failed_again() throws Exception {
        write(SECOND);
        isDeaf.set(true);
        look(1);
        assertThatIllegalStateException().isThrownBy(() -> look(1));
        isDeaf.set(false);

        look(1);

        assertThat(heard).containsExactly(20.0);
    }

    @Test
    void says_once_that_the_file_is_older_than_what_is_in_force() throws Exception {
        write(SECOND);
        isOlder.set(true);
        look(5);
        isOlder.set(false);

        assertThat(count("refused")).isOne();
        assertThat(perSecond(watch.inForce())).isEqualTo(10.0);
        write(FIRST.replace("10", "30"));
        look(2);
        assertThat(heard).containsExactly(30.0);
    }

    @Test
    void looks_by_itself_within_a_second() throws Exception {
        try (Loop _ = watch.start()) {
            write(SECOND);

            await().atMost(Duration.ofSeconds(5)).until(() -> heard.equals(List.of(20.0)));
        }
    }

    @Test
    void has_nothing_to_see_in_the_built_in_file() {
        ProvidersFile builtIn = ProvidersFile.of(new Environment(Map.of()), Texts.LEASE);
        ProvidersWatch still = new ProvidersWatch(builtIn, builtIn.read(), this::hear, registry);

        assertThat(still.runOnce() + still.runOnce()).isZero();
    }

    private void hear(Providers providers) {
        if (isDeaf.get()) {
            throw new IllegalStateException("deaf");
        }
        if (isOlder.get()) {
            throw new OlderFileException(1, 2);
        }
        heard.add(perSecond(providers));
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            int _ = watch.runOnce();
        }
    }

    private void write(String text) throws IOException {
        Path _ = Files.writeString(path, text);
    }

    private double count(String outcome) {
        return registry.get("heliograph_providers_file_changes")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static double perSecond(Providers providers) {
        return Objects.requireNonNull(
                providers.routingTable().accounts().getFirst().limits().perSecond());
    }
}
