package io.heliograph.torture.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One address for several gateways: each connection goes to the next one that takes it. It knows nothing of HTTP. */
public final class Balancer {
    private static final int CONNECT_MILLIS_MAX = 500;

    private final NetClient client;
    private final List<Integer> ports;
    private final AtomicInteger next = new AtomicInteger();

    private Balancer(NetClient client, List<Integer> ports) {
        this.client = client;
        this.ports = ports;
    }

    /** Lives as long as the Vert.x. Answers the port. */
    public static int start(Vertx vertx, int port, List<Integer> gatewayPorts) throws Exception {
        NetClient client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS_MAX));
        Balancer balancer = new Balancer(client, gatewayPorts);
        NetServer server = vertx.createNetServer()
                .connectHandler(balancer::accept)
                .listen(port, "127.0.0.1")
                .await(5, TimeUnit.SECONDS);
        return server.actualPort();
    }

    private void accept(NetSocket caller) {
        NetSocket _ = caller.pause();
        connect(ports.size())
                .onComplete(
                        gateway -> join(caller, gateway),
                        failure -> caller.close().onComplete(closed -> {}));
    }

    private Future<NetSocket> connect(int attemptsLeft) {
        int port = ports.get(Math.floorMod(next.getAndIncrement(), ports.size()));
        return client.connect(port, "127.0.0.1")
                .recover(failure -> attemptsLeft > 1 ? connect(attemptsLeft - 1) : Future.failedFuture(failure));
    }

    private static void join(NetSocket caller, NetSocket gateway) {
        caller.pipeTo(gateway)
                .onComplete(ended -> {}, failure -> gateway.close().onComplete(closed -> {}));
        gateway.pipeTo(caller).onComplete(ended -> {}, failure -> caller.close().onComplete(closed -> {}));
        NetSocket _ = caller.resume();
    }
}
