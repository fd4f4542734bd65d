package io.heliograph.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Reads what is logged during a test, whole: message, fields, stack trace. Fails the test when Vert.x reports that an
 * event loop was blocked, and when a line holds what never belongs into a log. Register it as a static field with
 * {@code @RegisterExtension}.
 */
public final class LogGuard implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    /** Vert.x' words. Worker threads may block; that is what they are for. */
    private static final Pattern BLOCKED = Pattern.compile("eventloop.* has been blocked for (\\d+) ms");
    /** Vert.x warns from two seconds on; a machine with too much to do can take that long by itself. */
    private static final long BLOCKED_MILLIS_MAX = 5_000;

    private final List<String> forbidden;
    private final Queue<String> blocked = new ConcurrentLinkedQueue<>();
    private final Queue<String> indiscreet = new ConcurrentLinkedQueue<>();
    private final Reader reader = new Reader();

    /** The words are those of the test's recipients, texts and secrets. */
    public LogGuard(String... forbidden) {
        this.forbidden = List.of(forbidden);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        watch();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        blocked.clear();
        indiscreet.clear();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        check();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    void watch() {
        reader.start();
        root().addAppender(reader);
    }

    void check() {
        assertThat(blocked).as("reports of a blocked event loop").isEmpty();
        assertThat(indiscreet).as("lines with something personal").isEmpty();
    }

    void stop() {
        boolean _ = root().detachAppender(reader);
        reader.stop();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private final class Reader extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            String line = event.getLoggerName() + " " + event.getFormattedMessage() + " " + event.getKeyValuePairs()
                    + (event.getThrowableProxy() == null
                            ? ""
                            : " " + ThrowableProxyUtil.asString(event.getThrowableProxy()));
            if (forbidden.stream().anyMatch(line::contains)) {
                indiscreet.add(line);
            }
            Matcher report = BLOCKED.matcher(line);
            if (report.find() && Long.parseLong(report.group(1)) >= BLOCKED_MILLIS_MAX) {
                blocked.add(line);
            }
        }
    }
}
