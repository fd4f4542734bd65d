package io.heliograph.standalone.commands;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Looks at messages again and again, until each has ended or the time is over. */
public final class FollowMessages {
    private static final long POLL_NANOS = 200_000_000;
    /** Nothing good can follow these. Sent is not among them: a receipt may. */
    private static final Set<String> ENDS =
            Set.of("delivered", "read", "undelivered", "failed", "expired", "refused", "canceled");

    private final GatewayClient gateway;

    public FollowMessages(GatewayClient gateway) {
        this.gateway = gateway;
    }

    /** Hears of every message, as it is at the moment, at each look. */
    public interface Listener {
        void seen(JsonObject message);
    }

    /** Answers whether all have ended. {@code deadlineNanos} is of {@link System#nanoTime}. */
    public boolean until(long deadlineNanos, List<String> ids, Listener listener)
            throws IOException, InterruptedException, GatewayClient.RefusedException {
        List<String> open = new ArrayList<>(ids);
        while (!open.isEmpty()) {
            for (String id : List.copyOf(open)) {
                JsonObject message = gateway.get("/v1/messages/" + id);
                listener.seen(message);
                if (hasEnded(message)) {
                    boolean _ = open.remove(id);
                }
            }
            if (System.nanoTime() >= deadlineNanos) {
                break;
            }
            LockSupport.parkNanos(open.isEmpty() ? 0 : POLL_NANOS);
        }
        return open.isEmpty();
    }

    /** Of what a browser does with a message nobody tells more than that its push service has it. */
    public static boolean hasEnded(JsonObject message) {
        String status = message.getString("status");
        return ENDS.contains(status)
                || (status.equals("sent") && message.getString("channel").equals("web_push"));
    }
}
