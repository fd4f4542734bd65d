package io.heliograph.worker.http;

import io.heliograph.runtime.RetryAfter;
import io.heliograph.worker.provider.SendBy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP exchange, exactly once: no retry, no redirect, a hard limit on its time, and a failure that says whether
 * anything can have left this house. Blocks the virtual thread that calls it; the bytes move on Vert.x's event loops.
 */
public final class HttpTransport {
    /** What came back, whatever its status. {@code retryAfter} is zero, and {@code location} null, when the answer did not say. */
    public record Answer(
            int status, Duration retryAfter, @Nullable String location, Buffer body) {}

    /** Nothing was sent: no connection could be had. */
    public static final class NotSentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotSentException(@Nullable Throwable cause) {
            super("Nothing was sent", cause);
        }
    }

    /** The request left, or part of it, and no answer came back. */
    public static final class AnswerLostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AnswerLostException(Throwable cause) {
            super("The answer was lost", cause);
        }
    }

    /** Nothing was sent: when it was about to leave, its time was over. */
    public static final class TooLateException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLateException() {
            super("Too late to be sent", null, false, false);
        }
    }

    private static final int BODY_BYTES_MAX = 4 << 20;
    private static final Duration RETRY_AFTER_MAX = Duration.ofDays(1);
    private static final Duration CONNECT_MAX = Duration.ofSeconds(3);
    /** Shorter than servers commonly keep an idle connection, so that we rarely write to one that is just closing. */
    private static final int KEEP_ALIVE_SECONDS = 20;

    private final HttpClient client;
    private final Duration timeout;

    public HttpTransport(Vertx vertx, int connectionsMax, Duration timeout) {
        this.timeout = timeout;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setConnectTimeout((int) CONNECT_MAX.toMillis())
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setTcpNoDelay(true))
                .with(new PoolOptions().setHttp1MaxSize(connectionsMax).setMaxWaitQueueSize(connectionsMax))
                // A connection that breaks is told to the request on it; the client would log it as an error as well.
                .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
                .build();
    }

    /**
     * Throws {@link NotSentException}, {@link AnswerLostException} or {@link TooLateException}. {@code sendBy} is looked at
     * when there is a connection and the request is about to be written; null for a request that is never too late.
     */
    public Answer exchange(RequestOptions options, Buffer body, @Nullable SendBy sendBy) {
        Exchange exchange = new Exchange(sendBy);
        Future<Answer> answer = client.request(options).compose(request -> exchange.send(request, body));
        try {
            return answer.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw exchange.failure(e);
        }
    }

    public Future<Void> close() {
        return client.close();
    }

    /** Remembers whether the request was let go; once given up, it never is. */
    private static final class Exchange {
        private final AtomicBoolean decided = new AtomicBoolean();
        private final @Nullable SendBy sendBy;
        private volatile boolean late;
        private volatile @Nullable HttpClientRequest sent;

        Exchange(@Nullable SendBy sendBy) {
            this.sendBy = sendBy;
        }

        Future<Answer> send(HttpClientRequest request, Buffer body) {
            late = sendBy != null && sendBy.hasPassed();
            if (!decided.compareAndSet(false, true) || late) {
                // Nothing was written, so its connection stays good for the next one.
                boolean _ = request.exceptionHandler(known -> {}).reset().isComplete();
                return Future.failedFuture("given up before anything was sent");
            }
            sent = request;
            return request.send(body).compose(Exchange::read);
        }

        RuntimeException failure(Exception cause) {
            if (late) {
                return new TooLateException();
            }
            if (decided.compareAndSet(false, true)) {
                return new NotSentException(cause);
            }
            HttpClientRequest request = sent;
            if (request != null && (cause instanceof TimeoutException || cause instanceof InterruptedException)) {
                // The connection may still bring the answer to this request; it must not serve another one.
                boolean _ = request.reset().isComplete();
            }
            return new AnswerLostException(cause);
        }

        private static Future<Answer> read(HttpClientResponse response) {
            Buffer body = Buffer.buffer();
            response.handler(chunk -> {
                body.appendBuffer(chunk);
                if (body.length() > BODY_BYTES_MAX) {
                    boolean _ = response.request().reset().isComplete();
                }
            });
            return response.end()
                    .map(ended -> new Answer(
                            response.statusCode(),
                            RetryAfter.of(response, RETRY_AFTER_MAX),
                            response.getHeader(HttpHeaders.LOCATION),
                            body));
        }
    }
}
