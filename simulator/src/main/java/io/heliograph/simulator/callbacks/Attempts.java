package io.heliograph.simulator.callbacks;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** One call until it is answered or given up: with retries as its URL asks, and redirects as Twilio follows them. */
final class Attempts {
    private static final CharSequence FORM =
            HttpHeaders.createOptimized("application/x-www-form-urlencoded; charset=utf-8");
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence ANY = HttpHeaders.createOptimized("*/*");
    private static final int REDIRECTS_MAX = 3;
    private static final int REPLY_BYTES_MAX = 65_536;

    private final HttpClient client;
    private final Call call;
    private final BiConsumer<Call, CallEnd> end;
    private final long startedAt = System.nanoTime();
    private int attempts;
    private int redirects;

    Attempts(HttpClient client, Call call, BiConsumer<Call, CallEnd> end) {
        this.client = client;
        this.call = call;
        this.end = end;
    }

    void next() {
        attempts++;
        call.counts().sent.increment();
        send(call.letter());
    }

    private void send(Letter letter) {
        client.request(letter.url().request(letter.method()))
                .onComplete(request -> send(request, letter), failure -> failed("ct"));
    }

    private void send(HttpClientRequest request, Letter letter) {
        letter.dialect().sign(request.headers(), letter.url().signed(), letter.parameters(), call.wronglySigned());
        letter.headers().forEach(request::putHeader);
        request.putHeader(HttpHeaders.ACCEPT, ANY);
        Future<HttpClientResponse> response =
                HttpMethod.GET.equals(request.getMethod()) ? request.send() : sendBody(request, letter);
        response.onComplete(answer -> received(answer, letter), failure -> failed("rt"));
    }

    private static Future<HttpClientResponse> sendBody(HttpClientRequest request, Letter letter) {
        String json = letter.json();
        return request.putHeader(HttpHeaders.CONTENT_TYPE, json == null ? FORM : JSON)
                .send(Buffer.buffer(json == null ? letter.parameters().encoded() : json));
    }

    private void received(HttpClientResponse response, Letter letter) {
        CallbackUrl elsewhere =
                response.statusCode() / 100 == 3 ? letter.url().resolve(response.getHeader("Location")) : null;
        response.body()
                .onComplete(
                        body -> {
                            if (elsewhere != null && redirects++ < REDIRECTS_MAX) {
                                // As Twilio does: the POST becomes a GET, and its parameters are lost.
                                send(letter.redirected(elsewhere));
                            } else {
                                answered(response, body);
                            }
                        },
                        failure -> failed("rt"));
    }

    private void answered(HttpClientResponse response, Buffer body) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            call.counts().answered.increment();
        } else {
            call.counts().refused.increment();
        }
        if (status >= 400 && mayRepeat(status / 100 + "xx")) {
            next();
        } else {
            String type = response.getHeader(HttpHeaders.CONTENT_TYPE);
            String text = body.getString(0, Math.min(body.length(), REPLY_BYTES_MAX));
            end.accept(call, new CallEnd.Answered(status, type == null ? "" : type, text));
        }
    }

    private void failed(String why) {
        call.counts().failed.increment();
        if (mayRepeat(why)) {
            next();
        } else {
            end.accept(call, new CallEnd.Failed(why));
        }
    }

    private boolean mayRepeat(String failure) {
        long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
        return !call.scene().isOver() && call.letter().url().retry().repeats(failure, attempts, elapsed);
    }
}
