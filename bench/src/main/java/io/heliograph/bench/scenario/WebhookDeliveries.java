package io.heliograph.bench.scenario;

import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import io.heliograph.bench.rig.Program;
import io.heliograph.bench.rig.RunningProgram;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The events of two hundred thousand messages wait for one endpoint that answers at once; then the webhook-sender starts. */
public final class WebhookDeliveries implements Scenario {
    private static final String NAME = "webhooks";
    private static final int DELIVERIES = 200_000;
    /** Until the compilers have seen what matters. */
    private static final int COUNTED_FROM = 50_000;

    private static final double TIMES_Y = 0.5;
    private static final Duration MAX = Duration.ofMinutes(5);
    private static final long POLL_NANOS = 10_000_000;

    private static final String LISTEN = """
        INSERT INTO event_listening VALUES (1, 'infinity')""";

    private static final String ENDPOINT = """
        INSERT INTO webhook_endpoint (id, account_id, url, secret)
        VALUES (uuid_v7_now(), 1, 'http://127.0.0.1:PORT/hooks', 'a secret of twenty-four.')""";

    private static final String FILL = """
        INSERT INTO message (id, account_id, status, channel, lane, recipient, sender, body, segments, encoding, created_at,
                             expires_at, on_unknown, reference)
        SELECT uuid_v7_now(), 1, 'queued', 'sms', 'normal', '+1415' || 2000000 + i, '+15005550006', 'Your order is ready.', 1,
               'gsm7', now(), now() + interval '4 days', 'fail', 'order-' || i
        FROM generate_series(1, 200000) AS i""";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean usesBroker() {
        return false;
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        setting.rig().reset();
        Vertx vertx = Vertx.vertx();
        Arrivals arrivals = new Arrivals();
        HttpServer receiver = vertx.createHttpServer()
                .requestHandler(request -> {
                    arrivals.count();
                    boolean _ = request.response().setStatusCode(204).end().isComplete();
                })
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
        setting.progress().accept(NAME + ": inserting the events of " + DELIVERIES + " messages");
        setting.rig().database().execute(LISTEN);
        setting.rig().database().execute(ENDPOINT.replace("PORT", Integer.toString(receiver.actualPort())));
        setting.rig().database().execute(FILL);
        setting.rig().database().execute("CHECKPOINT");
        setting.progress().accept(NAME + ": delivering");
        try (RunningProgram sender = setting.rig()
                .program(Program.WEBHOOK_SENDER, NAME + "-sender", Map.of("HELIOGRAPH_WEBHOOK_ALLOW", "127.0.0.0/8"))) {
            sender.start();
            arrivals.awaitAll();
            List<Figure> figures = new ArrayList<>(List.of(Figure.of(
                    NAME, "deliveries to a fast receiver", arrivals.perSecond(), "/s", new Asked.TimesY(TIMES_Y))));
            figures.addAll(Heaps.figures(NAME, sender));
            return figures;
        } finally {
            Void _ = vertx.close().await(10, TimeUnit.SECONDS);
            setting.rig().reset();
        }
    }

    /** How many have come, and when. */
    private static final class Arrivals {
        private final AtomicInteger count = new AtomicInteger();
        private final AtomicLong fromNanos = new AtomicLong();
        private final AtomicLong toNanos = new AtomicLong();

        void count() {
            int now = count.incrementAndGet();
            if (now == COUNTED_FROM) {
                fromNanos.set(System.nanoTime());
            } else if (now == DELIVERIES) {
                toNanos.set(System.nanoTime());
            }
        }

        void awaitAll() throws IOException {
            long start = System.nanoTime();
            while (toNanos.get() == 0) {
                if (System.nanoTime() - start > MAX.toNanos()) {
                    throw new IOException("Only " + count.get() + " deliveries came in " + MAX.toSeconds() + " s");
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }

        double perSecond() {
            return (DELIVERIES - COUNTED_FROM) * 1e9 / (toNanos.get() - fromNanos.get());
        }
    }
}
