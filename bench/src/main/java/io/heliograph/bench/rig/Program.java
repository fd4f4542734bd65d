package io.heliograph.bench.rig;

import java.util.Locale;

/** Our processes, with the memory that the script gives them. */
public enum Program {
    GATEWAY("io.heliograph.gateway.Gateway", 512),
    RELAY("io.heliograph.relay.Relay", 512),
    WORKER("io.heliograph.worker.Worker", 512),
    WEBHOOK_SENDER("io.heliograph.webhooks.WebhookSender", 512),
    SIMULATOR("io.heliograph.simulator.Simulator", 1_024);

    private final String mainClass;
    private final int heapMegabytesMax;

    Program(String mainClass, int heapMegabytesMax) {
        this.mainClass = mainClass;
        this.heapMegabytesMax = heapMegabytesMax;
    }

    String mainClass() {
        return mainClass;
    }

    /** As the script gives it. */
    int heapMegabytesMax() {
        return heapMegabytesMax;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
