package io.heliograph.standalone;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./heliograph send-test [--to NUMBER] [--text TEXT]}: sends one message through the gateway that runs, and tells
 * its story as it unfolds.
 */
@SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
public final class SendTestMessage {
    private static final Duration FOLLOW_MAX = Duration.ofSeconds(60);
    private static final long POLL_NANOS = 200_000_000;
    /** Nothing good can follow these. Sent is not among them: a receipt may. */
    private static final Set<String> ENDS =
            Set.of("delivered", "read", "undelivered", "failed", "expired", "refused", "canceled");

    private final GatewayClient gateway;

    private SendTestMessage(GatewayClient gateway) {
        this.gateway = gateway;
    }

    public static void main(String[] arguments) throws InterruptedException {
        JsonObject message = message(arguments);
        try {
            new SendTestMessage(GatewayClient.fromEnvironment()).run(message);
        } catch (IOException | GatewayClient.RefusedException e) {
            fail(1, e.getMessage());
        }
    }

    private static JsonObject message(String[] arguments) {
        JsonObject message = new JsonObject().put("to", "+15005550010").put("text", "Hello from Heliograph");
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].replaceFirst("^--", "");
            if (!message.containsKey(name) || i + 1 == arguments.length) {
                fail(2, "usage: ./heliograph send-test [--to NUMBER] [--text TEXT]");
            }
            message.put(name, arguments[i + 1]);
        }
        return message;
    }

    private void run(JsonObject message) throws IOException, InterruptedException, GatewayClient.RefusedException {
        JsonObject accepted = gateway.post("/v1/messages", message);
        String id = accepted.getString("id");
        System.out.println("message    " + id);
        long deadline = System.nanoTime() + FOLLOW_MAX.toNanos();
        int told = 0;
        String status = "accepted";
        while (!ENDS.contains(status) && System.nanoTime() < deadline) {
            JsonObject now = gateway.get("/v1/messages/" + id);
            status = now.getString("status");
            told = tell(now.getJsonArray("timeline"), told);
            LockSupport.parkNanos(POLL_NANOS);
        }
        if (!ENDS.contains(status)) {
            System.out.println("It is " + status + " for now; see GET /v1/messages/" + id + " later.");
        }
    }

    /** Prints what has happened since the last time, and answers how much has been told. */
    private static int tell(JsonArray timeline, int told) {
        for (int i = told; i < timeline.size(); i++) {
            JsonObject event = timeline.getJsonObject(i);
            JsonObject detail = event.copy();
            detail.remove("status");
            detail.remove("at");
            System.out.printf("%-10s %s %s%n", event.getString("status"), event.getString("at"), words(detail));
        }
        return timeline.size();
    }

    private static String words(JsonObject detail) {
        StringBuilder words = new StringBuilder();
        detail.forEach(
                entry -> words.append(' ').append(entry.getKey()).append('=').append(entry.getValue()));
        return words.toString();
    }

    private static void fail(int status, @Nullable String message) {
        System.err.println("heliograph send-test: " + message);
        System.exit(status);
    }
}
