package io.heliograph.webhooks.post;

import io.heliograph.address.AllowedAddresses;
import io.heliograph.address.Names;
import io.heliograph.webhooks.post.Posted.Failure;
import io.heliograph.webhooks.post.Posted.NotAnswered;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends one request, once: no redirect is followed, nothing takes longer than its time, and the connection is made to the very
 * address that was checked, so that a name which means another host a moment later leads nowhere.
 */
public final class Post implements AutoCloseable {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    /** Shorter than servers commonly keep an idle connection, so that we rarely write to one that is just closing. */
    private static final int KEEP_ALIVE_SECONDS = 20;

    private final HttpClient client;
    private final Names names;
    private final AllowedAddresses allowed;
    private final Duration timeout;

    /** {@code connectionsMax} to one host, which may be that of many endpoints: as many as may be under way in all. */
    public Post(
            Vertx vertx,
            Names names,
            AllowedAddresses allowed,
            TrustOptions trusted,
            int connectionsMax,
            Duration timeout) {
        this.names = names;
        this.allowed = allowed;
        this.timeout = timeout;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setTrustOptions(trusted)
                        .setConnectTimeout((int) CONNECT_MAX.toMillis())
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setTcpNoDelay(true))
                .with(new PoolOptions().setHttp1MaxSize(connectionsMax).setMaxWaitQueueSize(connectionsMax))
                // A connection that breaks is told to the request on it; the client would log it as an error as well.
                .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
                .build();
    }

    /** Blocks the virtual thread that calls it. What it throws is a mistake of ours. */
    public Posted send(PostRequest request) {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        Optional<Target> target = Target.of(request.url());
        if (target.isEmpty()) {
            return new NotAnswered(Failure.URL_UNUSABLE);
        }
        List<InetAddress> addresses;
        try {
            addresses = await(names.resolve(target.get().name()), deadlineNanos);
        } catch (TimeoutException _) {
            return new NotAnswered(Failure.TIMEOUT);
        } catch (Exception _) {
            return new NotAnswered(Failure.NAME_NOT_FOUND);
        }
        Optional<InetAddress> address =
                addresses.stream().filter(allowed::allows).findFirst();
        return address.isEmpty()
                ? new NotAnswered(Failure.ADDRESS_REFUSED)
                : exchange(request, target.get(), address.get(), deadlineNanos);
    }

    /** Cuts off what is under way; nobody waits for the last connection. */
    @Override
    public void close() {
        boolean _ = client.close().isComplete();
    }

    private Posted exchange(PostRequest request, Target target, InetAddress address, long deadlineNanos) {
        Exchange exchange = new Exchange();
        Future<Posted> posted = client.request(options(request, target, address))
                .compose(opened -> exchange.send(opened, request.body()));
        try {
            return await(posted, deadlineNanos);
        } catch (TimeoutException _) {
            return exchange.giveUp();
        } catch (Exception e) {
            return new NotAnswered(failure(e, exchange));
        }
    }

    private static RequestOptions options(PostRequest request, Target target, InetAddress address) {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                // By number: nobody asks for the name again. Host header, SNI and the certificate go by the name.
                .setServer(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()))
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.tls())
                .setURI(target.pathAndQuery())
                .setHeaders(request.headers());
    }

    private static Failure failure(Throwable thrown, Exchange exchange) {
        Failure tls = TlsFailure.of(thrown);
        if (tls != null) {
            return tls;
        }
        return exchange.hasBegun() ? Failure.CONNECTION_LOST : Failure.CONNECT_FAILED;
    }

    private static <T> T await(Future<T> future, long deadlineNanos) throws TimeoutException {
        return future.await(Math.max(1, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
}
