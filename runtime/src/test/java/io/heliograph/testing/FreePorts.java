package io.heliograph.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for what is told its port before it listens. Below those that the system gives to whoever connects or asks for any: one of
 * those may be somebody else's by the time it is wanted.
 */
public final class FreePorts {
    private static final int FIRST = 15_000;
    private static final int BEYOND = 32_000;
    private static final int TRIES_MAX = 1_000;

    private FreePorts() {}

    public static int next() {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEYOND);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException _) {
                // Taken.
            }
        }
        throw new IllegalStateException("No port is free from " + FIRST + " to " + BEYOND);
    }
}
