package io.heliograph.standalone.commands;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./heliograph send-test}: sends one message, or tells one user of an event, through the gateway that runs, and tells the story of
 * each message as it unfolds.
 */
@SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
public final class SendTestMessage {
    private static final Duration FOLLOW_MAX = Duration.ofSeconds(60);

    private final GatewayClient gateway;
    private final PrintStream out;
    private final Paint paint;
    /** How much of each message's story has been told. */
    private final Map<String, Integer> told = new HashMap<>();

    private SendTestMessage(GatewayClient gateway, PrintStream out, Paint paint) {
        this.gateway = gateway;
        this.out = out;
        this.paint = paint;
    }

    public static void main(String[] arguments) throws InterruptedException {
        SendTestArguments asked = SendTestArguments.parse(List.of(arguments));
        if (asked instanceof SendTestArguments.Mistake(String message)) {
            fail(2, message);
        }
        try {
            new SendTestMessage(GatewayClient.fromEnvironment(), System.out, Paint.ofTerminal()).run(asked);
        } catch (IOException | GatewayClient.RefusedException e) {
            fail(1, e.getMessage());
        }
    }

    private void run(SendTestArguments asked) throws IOException, InterruptedException, GatewayClient.RefusedException {
        Map<String, String> labels = switch (asked) {
            case SendTestArguments.Message(JsonObject body) -> message(body);
            case SendTestArguments.Event(JsonObject body) -> event(body);
            case SendTestArguments.Mistake _ -> Map.of();
        };
        long deadline = System.nanoTime() + FOLLOW_MAX.toNanos();
        Map<String, String> open = new HashMap<>();
        boolean ended = new FollowMessages(gateway).until(deadline, List.copyOf(labels.keySet()), message -> {
            String id = message.getString("id");
            if (FollowMessages.hasEnded(message)) {
                open.remove(id);
            } else {
                open.put(id, message.getString("status"));
            }
            tell(message, labels.getOrDefault(id, ""));
        });
        if (!ended) {
            open.forEach((id, status) ->
                    out.println(id + " is " + status + " for now; see GET /v1/messages/" + id + " later."));
        }
    }

    private Map<String, String> message(JsonObject body)
            throws IOException, InterruptedException, GatewayClient.RefusedException {
        String id = gateway.post("/v1/messages", body).getString("id");
        out.println("message      " + id);
        return Map.of(id, "");
    }

    /** Prints what each channel did, and answers the messages among it that leave now. */
    private Map<String, String> event(JsonObject body)
            throws IOException, InterruptedException, GatewayClient.RefusedException {
        JsonObject notification = gateway.post("/v1/events", body);
        out.println("notification " + notification.getString("id"));
        Map<String, String> messages = new LinkedHashMap<>();
        for (ChannelOutcome outcome : ChannelOutcome.all(notification)) {
            out.println(outcome.line(paint));
            if (outcome.leavesNow()) {
                messages.put(outcome.messageId(), outcome.channel());
            }
        }
        return messages;
    }

    /** Prints what has happened since the last time. */
    private void tell(JsonObject message, String label) {
        JsonArray timeline = message.getJsonArray("timeline");
        String id = message.getString("id");
        for (int i = told.getOrDefault(id, 0); i < timeline.size(); i++) {
            JsonObject event = timeline.getJsonObject(i);
            JsonObject detail = event.copy();
            detail.remove("status");
            detail.remove("at");
            out.println((label.isEmpty() ? "" : ChannelOutcome.padded(label))
                    + paint.status(event.getString("status"), ChannelOutcome.WIDTH)
                    + event.getString("at")
                    + words(detail));
        }
        told.put(id, timeline.size());
    }

    private static String words(JsonObject detail) {
        StringBuilder words = new StringBuilder();
        detail.forEach(
                entry -> words.append("  ").append(entry.getKey()).append('=').append(entry.getValue()));
        return words.toString();
    }

    private static void fail(int status, @Nullable String message) {
        System.err.println("heliograph send-test: " + message);
        System.exit(status);
    }
}
