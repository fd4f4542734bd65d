package io.heliograph.standalone;

import io.heliograph.runtime.FreePorts;
import io.heliograph.standalone.embedded.CannotStartException;

/**
 * Where things listen. The API's port is a promise to whoever calls it and has to be free; the others are taken from
 * anywhere when their usual place is occupied.
 */
record Ports(int api, int gatewayAdmin, int relayAdmin, int workerAdmin, int webhookSenderAdmin, int simulator) {
    private static final int PORT_MAX = 65_535;

    static Ports around(int wanted) {
        int api = wanted == 0 ? FreePorts.next() : wanted;
        if (!FreePorts.isFree(api)) {
            throw new CannotStartException("Port " + api + " is taken by another program. Choose another one:"
                    + " ./heliograph up --port " + nextFree(api) + "   (or set HELIOGRAPH_HTTP_PORT)");
        }
        return new Ports(api, usual(api + 1), usual(api + 2), usual(api + 3), usual(api + 4), usual(api + 10));
    }

    /** Where the API answers, for whoever is on this machine. */
    String url() {
        return "http://localhost:" + api;
    }

    private static int usual(int port) {
        return FreePorts.isFree(port) ? port : FreePorts.next();
    }

    private static int nextFree(int taken) {
        for (int port = taken + 1; port <= PORT_MAX; port++) {
            if (FreePorts.isFree(port)) {
                return port;
            }
        }
        return FreePorts.next();
    }
}
