package io.heliograph.runtime;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for what is told its port before it listens. Below those that the system gives to whoever connects or asks for any: one of
 * those may be somebody else's by the time it is wanted.
 */
public final class FreePorts {
    private static final int FIRST = 15_000;
    private static final int BEYOND = 32_000;
    private static final int TRIES_MAX = 1_000;

    /** Nobody listens there yet, but somebody will. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** One that nobody listens on, at any address of this machine, and that this process has not been given before. */
    public static int next() {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEYOND);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No port is free from " + FIRST + " to " + (BEYOND - 1));
    }

    public static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port)) {
            return true;
        } catch (IOException | IllegalArgumentException _) {
            return false;
        }
    }
}
