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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./heliograph send-test}: sends one message, or tells one user of an event, through the gateway that runs, and tells the story of
 * each message as it unfolds.
 */
@SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
public final class SendTestMessage {
    /** One request, and what is to be followed after it. */
    private interface Request {
        Followed send(SendTestMessage sending) throws IOException, InterruptedException, GatewayClient.RefusedException;
    }

    /**
     * What a request led to.
     *
     * @param labels of each message that leaves now, by its id
     * @param isTaken whether anything comes of it at all
     */
    private record Followed(Map<String, String> labels, boolean isTaken) {}

    private static final Duration FOLLOW_MAX = Duration.ofSeconds(60);

    /** Of what was only sent nobody may ever say more. */
    private static final Set<String> ARRIVED = Set.of("sent", "delivered", "read");

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
        switch (SendTestArguments.parse(List.of(arguments))) {
            case SendTestArguments.Help _ -> System.out.println(SendTestArguments.USAGE);
            case SendTestArguments.Mistake(String message) -> fail(2, message + "\n\n" + SendTestArguments.USAGE);
            case SendTestArguments.Message(JsonObject body) -> exit(sending -> sending.message(body));
            case SendTestArguments.Event(JsonObject body) -> exit(sending -> sending.event(body));
        }
    }

    private static void exit(Request request) throws InterruptedException {
        try {
            SendTestMessage sending =
                    new SendTestMessage(GatewayClient.fromEnvironment(), System.out, Paint.ofTerminal());
            System.exit(sending.follow(request.send(sending)) ? 0 : 1);
        } catch (IOException | GatewayClient.RefusedException e) {
            fail(1, e.getMessage());
        }
    }

    /** Answers whether it got there. */
    private boolean follow(Followed followed) throws IOException, InterruptedException, GatewayClient.RefusedException {
        Map<String, String> labels = followed.labels();
        long deadline = System.nanoTime() + FOLLOW_MAX.toNanos();
        Map<String, String> open = new HashMap<>();
        Map<String, String> statuses = new HashMap<>();
        boolean ended = new FollowMessages(gateway).until(deadline, List.copyOf(labels.keySet()), message -> {
            String id = message.getString("id");
            statuses.put(id, message.getString("status"));
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
        return followed.isTaken() && ARRIVED.containsAll(statuses.values());
    }

    private Followed message(JsonObject body) throws IOException, InterruptedException, GatewayClient.RefusedException {
        String id = gateway.post("/v1/messages", body).getString("id");
        out.println("message      " + id);
        return new Followed(Map.of(id, ""), true);
    }

    /** Prints what each channel did, and answers the messages among it that leave now. */
    private Followed event(JsonObject body) throws IOException, InterruptedException, GatewayClient.RefusedException {
        JsonObject notification = gateway.post("/v1/events", body);
        out.println("notification " + notification.getString("id"));
        Map<String, String> messages = new LinkedHashMap<>();
        List<ChannelOutcome> outcomes = ChannelOutcome.all(notification);
        for (ChannelOutcome outcome : outcomes) {
            out.println(outcome.line(paint));
            if (outcome.leavesNow()) {
                messages.put(outcome.messageId(), outcome.channel());
            }
        }
        return new Followed(messages, outcomes.stream().anyMatch(ChannelOutcome::isTaken));
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
