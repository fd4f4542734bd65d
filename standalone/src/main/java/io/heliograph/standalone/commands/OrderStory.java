package io.heliograph.standalone.commands;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells two people of an order's life, and prints what each channel did, until every message has ended. */
public final class OrderStory {
    public static final String ENGLISH = "demo-anna";
    public static final String HINDI = "demo-ravi";

    /** Their numbers are nobody's: a real provider would refuse them. */
    private static final List<Person> PEOPLE = List.of(
            new Person(ENGLISH, "+15005550010", "en-US", "America/New_York", false),
            new Person(HINDI, "+15005550020", "hi-IN", "Asia/Kolkata", true));

    private record Person(String id, String phone, String locale, String timeZone, boolean wantsWhatsApp) {
        JsonObject user() {
            return new JsonObject().put("phone", phone).put("locale", locale).put("time_zone", timeZone);
        }

        /** SMS goes to those only who have switched it on. */
        JsonObject preferences() {
            JsonObject orders = new JsonObject().put("sms", true).put("whatsapp", wantsWhatsApp);
            return new JsonObject().put("preferences", new JsonObject().put("orders", orders));
        }
    }

    /** What happens, in its order, and what there is to say of it beside the order's number. */
    private static final List<Happened> LIFE = List.of(
            new Happened("order_confirmed", Map.of("pickup_time", "10:00")),
            new Happened("order_picked_up", Map.of()),
            new Happened("order_rescheduled", Map.of("old_time", "16:00", "new_time", "18:30")),
            new Happened("order_out_for_delivery", Map.of("tracking_url", "https://shop.example.com/t/1")),
            new Happened("order_delivered", Map.of()),
            new Happened("refund_completed", Map.of("amount", "₹250")));

    private record Happened(String type, Map<String, Object> data) {
        JsonObject to(String user) {
            return new JsonObject()
                    .put("type", type)
                    .put("user", user)
                    .put("data", new JsonObject().put("order_id", "A17").mergeIn(new JsonObject(data)));
        }
    }

    private final GatewayClient gateway;
    private final PrintStream out;
    private final Paint paint;

    public OrderStory(GatewayClient gateway, PrintStream out, Paint paint) {
        this.gateway = gateway;
        this.out = out;
        this.paint = paint;
    }

    /** {@code deadlineNanos} is of {@link System#nanoTime}; after it nothing is waited for. */
    public void tell(long deadlineNanos) throws IOException, InterruptedException, GatewayClient.RefusedException {
        meet();
        for (Happened happened : LIFE) {
            out.println(paint.title("\n" + happened.type()));
            for (Person person : PEOPLE) {
                tell(happened, person.id(), deadlineNanos);
            }
        }
        out.println();
    }

    private void meet() throws IOException, InterruptedException, GatewayClient.RefusedException {
        for (Person person : PEOPLE) {
            String path = "/v1/users/" + person.id();
            JsonObject _ = gateway.send("PUT", path, person.user());
            JsonObject _ = gateway.send("PATCH", path + "/preferences", person.preferences());
        }
    }

    private void tell(Happened happened, String user, long deadlineNanos)
            throws IOException, InterruptedException, GatewayClient.RefusedException {
        JsonObject notification = gateway.post("/v1/events", happened.to(user));
        List<ChannelOutcome> outcomes = ChannelOutcome.all(notification);
        List<String> leaving = outcomes.stream()
                .filter(ChannelOutcome::leavesNow)
                .map(ChannelOutcome::messageId)
                .toList();
        Map<String, JsonObject> messages = new HashMap<>();
        boolean _ = new FollowMessages(gateway)
                .until(deadlineNanos, leaving, message -> messages.put(message.getString("id"), message));
        out.println("  " + user);
        for (ChannelOutcome outcome : outcomes) {
            out.println("    " + line(user, outcome, messages.get(outcome.messageId())));
        }
    }

    /** {@code message} is null where there is none. */
    private String line(String user, ChannelOutcome outcome, @Nullable JsonObject message)
            throws IOException, InterruptedException, GatewayClient.RefusedException {
        if (message != null) {
            return line(outcome.channel(), message);
        }
        if (outcome.inboxItemId().isEmpty()) {
            return outcome.line(paint);
        }
        JsonObject item = gateway.get("/v1/users/" + user + "/inbox/" + outcome.inboxItemId());
        return outcome.line(paint, item.getString("title") + ": " + item.getString("body"));
    }

    /** As it is now: at its end, if the time was enough. */
    private String line(String channel, JsonObject message) {
        String reason = message.getString("reason");
        return ChannelOutcome.padded(channel)
                + paint.status(message.getString("status"), ChannelOutcome.WIDTH)
                + (reason == null ? "" : reason + "  ")
                + message.getString("text").replace('\n', ' ');
    }
}
