package io.heliograph.standalone;

import io.heliograph.gateway.GatewayConfig;
import io.heliograph.relay.RelayConfig;
import io.heliograph.runtime.BrokerUrl;
import io.heliograph.runtime.ConfigurationException;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Environment;
import io.heliograph.simulator.SimulatorConfig;
import io.heliograph.webhooks.WebhookSenderConfig;
import io.heliograph.worker.WorkerConfig;
import java.util.HashMap;
import java.util.Map;

/** Tells each process where the others are, in the words that it would get from the environment if it were alone. */
record Settings(Map<String, String> variables, Ports ports, DatabaseUrl database, BrokerUrl broker, ApiKey key) {
    /** Throws with the mistakes of all processes at once, before anything is there. */
    static void check(Map<String, String> variables) {
        Settings settings = new Settings(
                variables,
                new Ports(0, 0, 0, 0, 0, 0),
                DatabaseUrl.parse("postgresql://nobody:none@localhost:1/none"),
                BrokerUrl.parse("amqp://nobody:none@localhost:1/"),
                ApiKey.none());
        ConfigurationException.checkAll(
                () -> port(variables),
                () -> GatewayConfig.read(settings.gateway()),
                () -> SimulatorConfig.read(settings.simulator()),
                () -> WorkerConfig.read(settings.worker()),
                () -> RelayConfig.read(settings.relay()),
                () -> WebhookSenderConfig.read(settings.webhookSender()));
    }

    /** The API's. */
    static int port(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        int port = environment.port("HELIOGRAPH_HTTP_PORT", 8080);
        environment.check();
        return port;
    }

    Environment gateway() {
        return with("HELIOGRAPH_ADMIN_PORT", ports.gatewayAdmin());
    }

    Environment relay() {
        return with("HELIOGRAPH_ADMIN_PORT", ports.relayAdmin());
    }

    Environment worker() {
        return with("HELIOGRAPH_ADMIN_PORT", ports.workerAdmin());
    }

    Environment webhookSender() {
        return with("HELIOGRAPH_ADMIN_PORT", ports.webhookSenderAdmin());
    }

    Environment simulator() {
        return with("HELIOGRAPH_SIMULATOR_PORT", ports.simulator());
    }

    private Environment with(String name, int port) {
        Map<String, String> all = new HashMap<>(variables);
        all.putIfAbsent("HELIOGRAPH_PUBLIC_URL", ports.url());
        all.putIfAbsent(
                "HELIOGRAPH_SIMULATOR_INBOUND_URL",
                all.get("HELIOGRAPH_PUBLIC_URL").replaceFirst("/$", "") + "/callbacks/twilio/inbound");
        // Receivers that are tried out with it stand on this machine.
        all.putIfAbsent("HELIOGRAPH_WEBHOOK_ALLOW", "127.0.0.0/8,::1/128");
        // And so does the simulator's push service.
        all.putIfAbsent("HELIOGRAPH_PUSH_ALLOW", "127.0.0.0/8,::1/128");
        all.put("HELIOGRAPH_HTTP_PORT", Integer.toString(ports.api()));
        all.put("HELIOGRAPH_SIMULATOR_PORT", Integer.toString(ports.simulator()));
        all.put("HELIOGRAPH_API_KEY", key.value());
        all.put("HELIOGRAPH_DATABASE_URL", database.withPassword());
        all.put("HELIOGRAPH_BROKER_URL", broker.withPassword());
        all.put(name, Integer.toString(port));
        return new Environment(all);
    }
}
