package io.heliograph.gateway.messages.reading;

import io.heliograph.gateway.http.Times;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The story of a message, told from what is stored anyway: the message, its attempts and its receipts. Nothing is written
 * for its sake.
 */
final class Timeline {
    private record Event(String status, OffsetDateTime at, JsonObject detail) {}

    /** What is stored beside the message: its attempts, its receipts, and the message that followed it, if any. */
    record Story(List<Row> attempts, List<Row> receipts, List<Row> follower) {}

    private Timeline() {}

    static JsonArray of(Row message, Story story) {
        List<Row> attempts = story.attempts();
        List<Row> receipts = story.receipts();
        List<Event> events = new ArrayList<>();
        addBeginning(events, message);
        attempts.forEach(attempt -> addAttempt(events, attempt, receipts));
        addUnrecordedAttempt(events, message, attempts, receipts);
        addReceipts(events, receipts);
        addEnd(events, message);
        addFollower(events, story.follower());
        // A stable sort: what is stored with the same time keeps the order in which it is told.
        events.sort(Comparator.comparing(Event::at));
        JsonArray json = new JsonArray();
        events.forEach(event -> json.add(new JsonObject()
                .put("status", event.status())
                .put("at", Times.text(event.at()))
                .mergeIn(event.detail())));
        return json;
    }

    static JsonArray attempts(List<Row> attempts) {
        JsonArray json = new JsonArray();
        attempts.forEach(row -> json.add(new JsonObject()
                .put("n", row.getInteger("n"))
                .put("provider", row.getString("provider"))
                .put("provider_message_id", row.getString("provider_message_id"))
                .put("outcome", row.getString("outcome"))
                .put("code", row.getString("code"))
                .put("started_at", Times.text(row.getOffsetDateTime("started_at")))
                .put("finished_at", Times.text(row.getOffsetDateTime("finished_at")))));
        return json;
    }

    private static void addBeginning(List<Event> events, Row message) {
        OffsetDateTime createdAt = message.getOffsetDateTime("created_at");
        OffsetDateTime sendAt = message.getOffsetDateTime("send_at");
        events.add(new Event("accepted", createdAt, new JsonObject()));
        boolean waited = sendAt != null && sendAt.isAfter(createdAt);
        if (waited) {
            events.add(new Event("scheduled", createdAt, new JsonObject().put("send_at", Times.text(sendAt))));
        }
        boolean left = !"scheduled".equals(message.getString("status"));
        boolean came = message.getInteger("attempt") > 0 || "queued".equals(message.getString("status"));
        if (!waited || (left && came)) {
            events.add(new Event("queued", waited ? sendAt : createdAt, new JsonObject()));
        }
    }

    private static void addAttempt(List<Event> events, Row attempt, List<Row> receipts) {
        int n = attempt.getInteger("n");
        String code = attempt.getString("code");
        JsonObject detail = new JsonObject().put("attempt", n).put("provider", attempt.getString("provider"));
        events.add(new Event("sending", attempt.getOffsetDateTime("started_at"), detail));
        JsonObject result = detail.copy();
        putIfPresent(result, "provider_message_id", attempt.getString("provider_message_id"));
        putIfPresent(result, "code", code);
        String status = switch (attempt.getString("outcome")) {
            case "accepted" -> "sent";
            case "unknown" -> "unknown";
            case "try_later" -> "queued";
            default -> "failed";
        };
        events.add(new Event(status, finishedAt(attempt, receipts), result));
    }

    /** A receipt may come before the answer to the send that it is about; by then that send had succeeded. */
    private static OffsetDateTime finishedAt(Row attempt, List<Row> receipts) {
        OffsetDateTime finishedAt = attempt.getOffsetDateTime("finished_at");
        return receipts.stream()
                .filter(receipt -> attempt.getInteger("n").equals(receipt.getInteger("attempt")))
                .map(receipt -> receipt.getOffsetDateTime("received_at"))
                .filter(receivedAt ->
                        "accepted".equals(attempt.getString("outcome")) && receivedAt.isBefore(finishedAt))
                .min(Comparator.naturalOrder())
                .orElse(finishedAt);
    }

    /**
     * The current attempt has no row until its result is recorded, which a receipt may overtake. A claim that was given
     * back unsent never gets one.
     */
    private static void addUnrecordedAttempt(List<Event> events, Row message, List<Row> attempts, List<Row> receipts) {
        int n = message.getInteger("attempt");
        OffsetDateTime claimedAt = message.getOffsetDateTime("claimed_at");
        boolean left = message.getString("status").equals("sending")
                || receipts.stream().anyMatch(receipt -> Objects.equals(receipt.getInteger("attempt"), n));
        if (left && claimedAt != null && attempts.stream().noneMatch(row -> row.getInteger("n") == n)) {
            events.add(new Event("sending", claimedAt, new JsonObject().put("attempt", n)));
        }
    }

    /** The provider's "sent" only repeats what its answer said, unless that answer was lost. */
    private static void addReceipts(List<Event> events, List<Row> receipts) {
        Set<String> told = new HashSet<>();
        events.stream().map(Event::status).filter("sent"::equals).forEach(told::add);
        for (Row row : receipts) {
            String status = row.getString("status");
            if (status != null && told.add(status)) {
                JsonObject detail = new JsonObject()
                        .put("provider", row.getString("provider"))
                        .put("provider_status", row.getString("provider_status"));
                putIfPresent(detail, "provider_message_id", row.getString("provider_message_id"));
                putIfPresent(detail, "code", row.getString("code"));
                events.add(new Event(status, row.getOffsetDateTime("received_at"), detail));
            }
        }
    }

    private static void addEnd(List<Event> events, Row message) {
        String status = message.getString("status");
        OffsetDateTime settledAt = message.getOffsetDateTime("settled_at");
        if (settledAt != null
                && events.stream().noneMatch(event -> event.status().equals(status))) {
            JsonObject detail = new JsonObject();
            putIfPresent(detail, "reason", message.getString("reason"));
            events.add(new Event(status, settledAt, detail));
        }
    }

    private static void addFollower(List<Event> events, List<Row> follower) {
        follower.forEach(row -> events.add(new Event(
                "fallback",
                row.getOffsetDateTime("created_at"),
                new JsonObject()
                        .put("message_id", row.getUUID("id").toString())
                        .put("channel", row.getString("channel")))));
    }

    private static void putIfPresent(JsonObject json, String name, @Nullable Object value) {
        if (value != null) {
            JsonObject _ = json.put(name, value);
        }
    }
}
