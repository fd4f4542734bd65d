package io.heliograph.broker;

import com.rabbitmq.client.AMQP;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.rabbitmq.RabbitMQClient;
import io.vertx.rabbitmq.RabbitMQOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One connection with its one channel, until the first doubt about it; then it is thrown away, never mended. Everything
 * is called on one context, because the client keeps the order of calls only within one.
 */
final class BrokerConnection {
    /** The driver's own limits on connecting and on the handshake are shorter. */
    private static final long START_SECONDS_MAX = 12;

    private static final long CALL_SECONDS_MAX = 5;

    private final Context context;
    private final RabbitMQClient client;
    private final BrokerSettings.QueueType queueType;
    private final LossWatch watch;

    private BrokerConnection(
            Context context, RabbitMQClient client, BrokerSettings.QueueType queueType, LossWatch watch) {
        this.context = context;
        this.client = client;
        this.queueType = queueType;
        this.watch = watch;
    }

    /** Opens one, or throws; call it on a virtual thread. */
    static BrokerConnection open(Vertx vertx, BrokerSettings settings, String name) throws TimeoutException {
        LossWatch watch = new LossWatch();
        RabbitMQOptions options = settings.url().options(name).setMetricsCollector(watch);
        BrokerConnection connection = new BrokerConnection(
                vertx.getOrCreateContext(), RabbitMQClient.create(vertx, options), settings.queueType(), watch);
        try {
            connection.call(RabbitMQClient::start).await(START_SECONDS_MAX, TimeUnit.SECONDS);
            return connection;
        } catch (Exception e) {
            connection.discard("It could not be opened");
            throw e;
        }
    }

    /** Calls the client in order with all other calls. The answer may never come: wait for it with a deadline. */
    <T> Future<T> call(Function<RabbitMQClient, Future<T>> call) {
        return Future.future(promise -> context.runOnContext(_ -> callHere(call).onComplete(promise)));
    }

    /** The same for someone who is on the context already: see {@link #run}. */
    <T> Future<T> callHere(Function<RabbitMQClient, Future<T>> call) {
        if (isLost()) {
            return Future.failedFuture(new IOException("The connection to the broker is lost"));
        }
        try {
            return call.apply(client);
        } catch (RuntimeException e) {
            // The client throws instead of failing the future when it cannot replace a closed channel.
            return Future.failedFuture(e);
        }
    }

    /**
     * Makes a queue that is not there, and answers how many envelopes wait on it. Durable, so that it is there after a
     * restart of the broker; whoever uses a queue declares it on each new connection, in case the broker was wiped.
     */
    Future<Integer> declareHere(String queue) {
        JsonObject arguments = new JsonObject();
        if (queueType == BrokerSettings.QueueType.QUORUM) {
            arguments.put("x-queue-type", "quorum");
        }
        return callHere(client -> client.queueDeclare(queue, true, false, false, arguments))
                .map(AMQP.Queue.DeclareOk::getMessageCount);
    }

    /** The same, on a virtual thread. */
    int declare(String queue) throws TimeoutException {
        return Future.<Integer>future(
                        promise -> context.runOnContext(_ -> declareHere(queue).onComplete(promise)))
                .await(CALL_SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** Runs on the context, in order with all calls. */
    void run(Runnable action) {
        context.runOnContext(_ -> action.run());
    }

    /** Calls and waits, on a virtual thread. */
    <T> T ask(Function<RabbitMQClient, Future<T>> call) throws TimeoutException {
        return call(call).await(CALL_SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** Off the event loop. */
    <T> Future<T> blocking(Callable<Future<T>> call) {
        return context.executeBlocking(call, false).compose(Function.identity());
    }

    boolean isLost() {
        return watch.loss().isDone();
    }

    /** Why it was lost; asked only when it was. */
    String lossReason() {
        return watch.loss().getNow("");
    }

    void onLoss(Consumer<String> action) {
        var _ = watch.loss().thenAccept(action);
    }

    /** Waits for the loss; false when it is still trusted after that time. */
    boolean awaitLoss(Duration time) throws InterruptedException {
        try {
            var _ = watch.loss().get(time.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    void discard(String reason) {
        watch.discard(reason);
    }
}
