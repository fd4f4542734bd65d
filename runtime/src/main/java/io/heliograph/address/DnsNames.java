package io.heliograph.address;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks the machine's DNS servers, without a thread that waits: a name server that hangs delays only those who asked for its
 * names.
 */
public final class DnsNames implements Names {
    private static final Duration QUERY_MAX = Duration.ofSeconds(3);
    private static final int QUERIES_PER_NAME_MAX = 8;
    private static final int KEPT_SECONDS_MAX = 30;
    private static final int MISSING_KEPT_SECONDS_MAX = 5;
    private static final int SHARED_QUERIES_MAX = 1_000;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final DnsNameResolver resolver = new DnsNameResolverBuilder(loop.next())
            .datagramChannelType(NioDatagramChannel.class)
            .socketChannelType(NioSocketChannel.class)
            .queryTimeoutMillis(QUERY_MAX.toMillis())
            .maxQueriesPerResolve(QUERIES_PER_NAME_MAX)
            .ttl(0, KEPT_SECONDS_MAX)
            .negativeTtl(MISSING_KEPT_SECONDS_MAX)
            .consolidateCacheSize(SHARED_QUERIES_MAX)
            .build();

    @Override
    public Future<List<InetAddress>> resolve(String host) {
        Promise<List<InetAddress>> found = Promise.promise();
        var _ = resolver.resolveAll(host).addListener((io.netty.util.concurrent.Future<List<InetAddress>> done) -> {
            if (done.isSuccess()) {
                found.complete(done.getNow());
            } else {
                found.fail(done.cause());
            }
        });
        return found.future();
    }

    @Override
    public void close() {
        resolver.close();
        var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
