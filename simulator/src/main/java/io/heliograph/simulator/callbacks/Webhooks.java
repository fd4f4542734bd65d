package io.heliograph.simulator.callbacks;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Calls customers' URLs over kept connections: so many at a time, so many waiting, and one more is lost, as a callback
 * of a real provider can be. Belongs to one event loop.
 */
public final class Webhooks {
    private final HttpClient client;
    private final int inFlightMax;
    private final int waitingMax;
    private final Queue<Call> waiting = new ArrayDeque<>();
    private int inFlight;

    public Webhooks(Vertx vertx, int inFlightMax, int waitingMax) {
        this.client = vertx.createHttpClient(
                // A developer's own certificate is good enough here.
                new HttpClientOptions().setTrustAll(true).setVerifyHost(false),
                new PoolOptions().setHttp1MaxSize(inFlightMax));
        this.inFlightMax = inFlightMax;
        this.waitingMax = waitingMax;
    }

    void post(Call call) {
        if (inFlight < inFlightMax) {
            call.counts().open.increment();
            start(call);
        } else if (waiting.size() < waitingMax) {
            call.counts().open.increment();
            waiting.add(call);
        } else {
            call.counts().dropped.increment();
            call.end().ended(new CallEnd.Dropped());
        }
    }

    private void start(Call call) {
        inFlight++;
        if (call.scene().isOver()) {
            ended(call, new CallEnd.Dropped());
        } else {
            new Attempts(client, call, this::ended).next();
        }
    }

    private void ended(Call call, CallEnd how) {
        inFlight--;
        call.counts().open.decrement();
        Call next = waiting.poll();
        if (next != null) {
            start(next);
        }
        call.end().ended(how);
    }
}
