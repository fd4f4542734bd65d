package io.heliograph.standalone;

import java.nio.file.Path;
import java.time.Duration;

/** What a person reads when everything runs: where it is, and two commands that show that it works. */
record Greeting(Ports ports, ApiKey key, Path data, Duration startTook) {
    /** The simulator delivers to this number; a real provider never would. */
    private static final String TO = "+15005550010";

    String text() {
        String url = ports.url();
        String authorization = "-H \"Authorization: Bearer " + key.shown() + "\"";
        return """

            Heliograph is running (started in %s s).

              API        %s        described at %s/openapi.yaml
              API key    %s
              Data       %s        with the log, heliograph.log
              Provider   simulated at http://localhost:%d; it accepts everything and calls back
              Operator   metrics and health of gateway, relay, worker, webhook-sender: ports %d, %d, %d, %d

            Send a message:

              curl -sS %s/v1/messages %s \\
                -H "Content-Type: application/json" -d '{"to":"%s","text":"Hello from Heliograph"}'

            See what became of it (the newest to that number, with its timeline):

              curl -sS %s %s/v1/messages/$(curl -sS %s \\
                "%s/v1/messages?to=%%2B%s&limit=1" | sed 's/.*"id":"\\([0-9a-f-]*\\)".*/\\1/')

            Ctrl-C stops everything; the messages stay, and are there again at the next start.
            """.formatted(
                        seconds(),
                        url,
                        url,
                        key.shown(),
                        data,
                        ports.simulator(),
                        ports.gatewayAdmin(),
                        ports.relayAdmin(),
                        ports.workerAdmin(),
                        ports.webhookSenderAdmin(),
                        url,
                        authorization,
                        TO,
                        authorization,
                        url,
                        authorization,
                        url,
                        TO.substring(1));
    }

    private String seconds() {
        return String.format(java.util.Locale.ROOT, "%.1f", startTook.toMillis() / 1_000.0);
    }
}
