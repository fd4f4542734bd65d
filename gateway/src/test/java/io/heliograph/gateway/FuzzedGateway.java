package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.heliograph.testing.TestDatabase;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/**
 * A gateway that is sent anything at all. Whatever it is, there is an answer in time, it is described, it is no 5xx, and nothing
 * goes wrong in the log.
 */
final class FuzzedGateway implements AutoCloseable {
    private final Trouble trouble = new Trouble();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final RunningGateway gateway = new RunningGateway(
            TestDatabase.fresh(), Map.of("HELIOGRAPH_FAST2SMS_FIELDS", "number=data.msisdn,reports=items"));

    FuzzedGateway() {
        trouble.start();
        root().addAppender(trouble);
    }

    RunningGateway gateway() {
        return gateway;
    }

    /** With the first account's key. */
    HttpResponse<String> authorized(HttpRequest.Builder request) {
        return check(gateway.send(request));
    }

    HttpResponse<String> asIs(HttpRequest.Builder request) {
        return check(gateway.sendAsIs(request));
    }

    /** Of an answer that may have no end only how it begins. */
    int start(HttpRequest.Builder request) throws Exception {
        HttpRequest authorized = request.setHeader("Authorization", "Bearer " + RunningGateway.API_KEY)
                .build();
        HttpResponse<InputStream> response = http.send(authorized, BodyHandlers.ofInputStream());
        response.body().close();
        assertThat(response.statusCode()).isLessThan(500);
        assertThat(trouble.lines).as("what went wrong in the log").isEmpty();
        return response.statusCode();
    }

    private HttpResponse<String> check(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isLessThan(500);
        assertThat(trouble.lines).as("what went wrong in the log").isEmpty();
        return response;
    }

    @Override
    public void close() throws Exception {
        http.close();
        gateway.close();
        boolean _ = root().detachAppender(trouble);
        assertThat(trouble.lines).as("what went wrong in the log").isEmpty();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static final class Trouble extends AppenderBase<ILoggingEvent> {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN) || event.getThrowableProxy() != null) {
                lines.add(event.getLevel() + " " + event.getFormattedMessage() + " " + event.getKeyValuePairs()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy())));
            }
        }
    }
}
