package io.heliograph.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** Everything that is logged while it is open, at every level, as it would be written. */
final class CapturedLog implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.heliograph");
    private final @Nullable Level before = ours.getLevel();
    private final Lines lines = new Lines();

    CapturedLog() {
        lines.start();
        root.addAppender(lines);
        ours.setLevel(Level.TRACE);
    }

    List<String> lines() {
        return List.copyOf(lines.written);
    }

    List<String> lines(String message) {
        return lines.written.stream().filter(line -> line.contains(message)).toList();
    }

    @Override
    public void close() {
        root.detachAppender(lines);
        ours.setLevel(before);
        lines.stop();
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final List<String> written = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            StringBuilder line = new StringBuilder(event.getLevel() + " " + event.getFormattedMessage());
            List<KeyValuePair> fields = event.getKeyValuePairs();
            if (fields != null) {
                fields.forEach(field -> line.append(' ').append(field));
            }
            IThrowableProxy failure = event.getThrowableProxy();
            if (failure != null) {
                line.append('\n').append(ThrowableProxyUtil.asString(failure));
            }
            written.add(line.toString());
        }
    }
}
