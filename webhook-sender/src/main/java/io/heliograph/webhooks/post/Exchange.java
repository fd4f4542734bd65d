package io.heliograph.webhooks.post;

import io.heliograph.runtime.RetryAfter;
import io.heliograph.webhooks.post.Posted.Answered;
import io.heliograph.webhooks.post.Posted.Failure;
import io.heliograph.webhooks.post.Posted.NotAnswered;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. The status decides; the body is read for the log alone, up to a bound, and what is wrong with it
 * changes nothing.
 */
final class Exchange {
    private static final int BODY_BYTES_MAX = 16 << 10;
    private static final int HEAD_CHARACTERS_MAX = 500;
    private static final Duration RETRY_AFTER_MAX = Duration.ofHours(6);
    /** Not in a text of PostgreSQL. */
    private static final char NUL = 0;

    private final AtomicBoolean givenUp = new AtomicBoolean();
    private volatile @Nullable HttpClientRequest begun;
    private volatile @Nullable HttpClientResponse answer;
    private volatile boolean tooLarge;

    Future<Posted> send(HttpClientRequest request, Buffer body) {
        begun = request.exceptionHandler(known -> {});
        if (givenUp.get()) {
            boolean _ = request.reset().isComplete();
            return Future.failedFuture("given up before anything was sent");
        }
        return request.send(body).compose(this::read);
    }

    boolean hasBegun() {
        return begun != null;
    }

    /** Its time is over. The connection could still bring the answer; it must not serve another request. */
    Posted giveUp() {
        givenUp.set(true);
        HttpClientRequest request = begun;
        if (request != null) {
            boolean _ = request.reset().isComplete();
        }
        HttpClientResponse response = answer;
        return response == null ? new NotAnswered(Failure.TIMEOUT) : answered(response, "", Failure.TIMEOUT);
    }

    private Future<Posted> read(HttpClientResponse response) {
        answer = response;
        Buffer body = Buffer.buffer();
        response.handler(chunk -> {
            int room = BODY_BYTES_MAX - body.length();
            body.appendBuffer(chunk, 0, Math.min(room, chunk.length()));
            if (chunk.length() > room && !tooLarge) {
                tooLarge = true;
                boolean _ = response.request().reset().isComplete();
            }
        });
        return response.end().transform(end -> Future.succeededFuture(answered(response, head(body), flaw(end))));
    }

    private @Nullable Failure flaw(AsyncResult<Void> end) {
        if (tooLarge) {
            return Failure.ANSWER_TOO_LARGE;
        }
        return end.failed() ? Failure.CONNECTION_LOST : null;
    }

    private static Answered answered(HttpClientResponse response, String head, @Nullable Failure flaw) {
        int status = response.statusCode();
        boolean redirect = status >= 300 && status < 400;
        return new Answered(status, head, RetryAfter.of(response, RETRY_AFTER_MAX), redirect ? Failure.REDIRECT : flaw);
    }

    private static String head(Buffer body) {
        String text = body.toString(StandardCharsets.UTF_8).replace(NUL, ' ');
        return text.length() <= HEAD_CHARACTERS_MAX ? text : text.substring(0, HEAD_CHARACTERS_MAX);
    }
}
