package io.heliograph.standalone.commands;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Tells the life of three visits, and prints what each change did, and what the patients heard of it. */
public final class AppointmentStory {
    private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");
    private static final String VISITS = "/v1/appointments";
    private static final long LOOK_NANOS = 200_000_000;
    private static final List<String> DAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH).withZone(ZONE);

    /** Their numbers are nobody's: a real provider would refuse them. */
    private static final JsonObject ANNA =
            new JsonObject().put("name", "Anna").put("phone", "+15005550010").put("locale", "en");

    private static final JsonObject RAVI =
            new JsonObject().put("name", "Ravi").put("phone", "+15005550020").put("locale", "hi");

    private final GatewayClient gateway;
    private final ForwardClock clock;
    private final PrintStream out;
    private final Paint paint;
    /** What was printed before. */
    private final Set<String> shown = new HashSet<>();

    private long deadlineNanos;

    public AppointmentStory(GatewayClient gateway, ForwardClock clock, PrintStream out, Paint paint) {
        this.gateway = gateway;
        this.clock = clock;
        this.out = out;
        this.paint = paint;
    }

    /** {@code deadline} is of {@link System#nanoTime}; after it nothing is waited for. */
    public void tell(long deadline) throws IOException, InterruptedException, GatewayClient.RefusedException {
        deadlineNanos = deadline;
        open();
        JsonArray slots = slots();
        JsonObject anna = book(ANNA, slots.getJsonObject(0));
        JsonObject ravi = book(RAVI, slots.getJsonObject(1));
        wantTaken(slots.getJsonObject(0));
        JsonObject moved = move(anna, slots.getJsonObject(6));
        cancel(ravi);
        remind(moved);
        cancelTooLate(moved);
        end(moved);
        history(moved);
    }

    private void open() throws IOException, InterruptedException, GatewayClient.RefusedException {
        JsonObject _ = gateway.send(
                "PUT",
                "/v1/clinic",
                new JsonObject()
                        .put("name", "City Clinic")
                        .put("phone", "+911123456789")
                        .put("time_zone", ZONE.getId())
                        .put("country", "IN"));
        JsonArray open =
                new JsonArray().add(new JsonObject().put("from", "09:00").put("to", "17:00"));
        JsonObject hours = new JsonObject();
        DAYS.forEach(day -> hours.put(day, open));
        JsonObject _ = gateway.send(
                "PUT",
                "/v1/doctors/rao",
                new JsonObject()
                        .put("name", "Dr. Rao")
                        .put("specialisation", "Cardiology")
                        .put("hours", hours));
        title("A clinic in Delhi, and Dr. Rao, who sees patients from nine to five");
    }

    private JsonArray slots() throws IOException, InterruptedException, GatewayClient.RefusedException {
        LocalDate day = clock.instant().atZone(ZONE).toLocalDate().plusDays(3);
        JsonArray slots =
                gateway.get("/v1/doctors/rao/slots?from=" + day + "&to=" + day).getJsonArray("slots");
        out.println("  " + slots.size() + " times are free on " + day + ", the first " + local(slots.getJsonObject(0)));
        return slots;
    }

    private JsonObject book(JsonObject patient, JsonObject slot)
            throws IOException, InterruptedException, GatewayClient.RefusedException {
        JsonObject visit = gateway.post(VISITS, wish(patient, slot));
        title(patient.getString("name") + " books " + local(visit) + ": " + visit.getString("booking_id"));
        heard(visit, "appointment_confirmed");
        JsonArray reminders = show(visit).getJsonArray("reminders");
        for (int i = 0; i < reminders.size(); i++) {
            JsonObject reminder = reminders.getJsonObject(i);
            out.println("    " + paint.status("planned", ChannelOutcome.WIDTH) + time(reminder.getString("due_at"))
                    + "  " + reminder.getString("kind"));
        }
        return visit;
    }

    private static JsonObject wish(JsonObject patient, JsonObject slot) {
        return new JsonObject()
                .put("doctor", "rao")
                .put("starts_at", slot.getString("starts_at"))
                .put("patient", patient)
                .put("by", "patient");
    }

    private void wantTaken(JsonObject slot) throws IOException, InterruptedException {
        title("Somebody else wants " + local(slot));
        try {
            JsonObject _ = gateway.post(VISITS, wish(RAVI, slot));
        } catch (GatewayClient.RefusedException refused) {
            refused(refused);
            JsonArray instead = refused.problem().getJsonArray("slots", new JsonArray());
            if (!instead.isEmpty()) {
                out.println("    the next that is free: " + local(instead.getJsonObject(0)));
            }
        }
    }

    private JsonObject move(JsonObject visit, JsonObject slot)
            throws IOException, InterruptedException, GatewayClient.RefusedException {
        JsonObject moved = act(visit, "reschedule", new JsonObject().put("starts_at", slot.getString("starts_at")));
        title("Anna moves to " + local(moved));
        heard(visit, "appointment_rescheduled");
        return moved;
    }

    private void cancel(JsonObject visit) throws IOException, InterruptedException, GatewayClient.RefusedException {
        JsonObject _ = act(visit, "cancel", new JsonObject().put("by", "patient"));
        title("Ravi cancels");
        heard(visit, "appointment_cancelled");
        out.println("    still planned for him: "
                + show(visit).getJsonArray("reminders").size());
    }

    private void remind(JsonObject visit) throws IOException, InterruptedException, GatewayClient.RefusedException {
        Instant startsAt = OffsetDateTime.parse(visit.getString("starts_at")).toInstant();
        forward(startsAt.minus(Duration.ofHours(24)));
        heard(visit, "appointment_reminder_24h");
        forward(startsAt.minus(Duration.ofHours(2)));
        heard(visit, "appointment_reminder_2h");
    }

    private void cancelTooLate(JsonObject visit) throws IOException, InterruptedException {
        title("Anna wants to cancel");
        try {
            JsonObject _ = act(visit, "cancel", new JsonObject().put("by", "patient"));
        } catch (GatewayClient.RefusedException refused) {
            refused(refused);
            out.println("    to be called: " + refused.problem().getString("phone"));
        }
    }

    private void end(JsonObject visit) throws IOException, InterruptedException, GatewayClient.RefusedException {
        forward(OffsetDateTime.parse(visit.getString("ends_at")).toInstant());
        JsonObject _ = act(visit, "complete", new JsonObject());
        title("Anna was there");
        heard(visit, "appointment_completed");
        forward(clock.instant().plus(Duration.ofHours(24)));
        heard(visit, "follow_up");
    }

    private void history(JsonObject visit) throws IOException, InterruptedException, GatewayClient.RefusedException {
        title("What the clinic knows of " + visit.getString("booking_id"));
        JsonArray history = show(visit).getJsonArray("history");
        for (int i = 0; i < history.size(); i++) {
            JsonObject change = history.getJsonObject(i);
            out.println("    " + time(change.getString("at")) + "  " + change.getString("by") + ": "
                    + change.getString("from_status", "-") + " -> " + change.getString("to_status") + ", "
                    + time(change.getString("to_starts_at")) + ", told by " + change.getString("notice"));
        }
        out.println();
    }

    private JsonObject act(JsonObject visit, String action, JsonObject body)
            throws IOException, InterruptedException, GatewayClient.RefusedException {
        return gateway.post(VISITS + "/" + visit.getString("booking_id") + "/" + action, body);
    }

    private JsonObject show(JsonObject visit) throws IOException, InterruptedException, GatewayClient.RefusedException {
        return gateway.get(VISITS + "/" + visit.getString("booking_id"));
    }

    private void forward(Instant time) {
        clock.forwardTo(time);
        title("The clock is put forward: " + CLOCK.format(time));
    }

    /** Waits until the message of that notice has ended, and prints it. */
    private void heard(JsonObject visit, String kind)
            throws IOException, InterruptedException, GatewayClient.RefusedException {
        JsonObject notice = await(visit, kind);
        Map<String, JsonObject> messages = new HashMap<>();
        String id = notice.getString("message_id", "");
        if (!id.isEmpty()) {
            boolean _ =
                    new FollowMessages(gateway).until(deadlineNanos, List.of(id), message -> messages.put(id, message));
        }
        JsonObject last = messages.getOrDefault(id, notice);
        String reason = last.getString("reason");
        out.println("    " + paint.status(last.getString("status", "planned"), ChannelOutcome.WIDTH)
                + (reason == null ? "" : reason + "  ")
                + last.getString("text", "").replace('\n', ' '));
    }

    /** An empty one where the time is over. */
    private JsonObject await(JsonObject visit, String kind)
            throws IOException, InterruptedException, GatewayClient.RefusedException {
        while (System.nanoTime() < deadlineNanos) {
            JsonArray notices = gateway.get(
                            VISITS + "/notices?booking_id=" + visit.getString("booking_id") + "&kind=" + kind)
                    .getJsonArray("notices");
            if (!notices.isEmpty() && shown.add(notices.getJsonObject(0).getString("id"))) {
                return notices.getJsonObject(0);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return new JsonObject();
    }

    private void refused(GatewayClient.RefusedException refused) {
        out.println("    " + paint.status(refused.problem().getString("code", "refused"), ChannelOutcome.WIDTH)
                + refused.problem().getString("detail", ""));
    }

    private void title(String text) {
        out.println(paint.title("\n" + text));
    }

    private static String local(JsonObject slot) {
        return slot.getString("local").replace('T', ' ');
    }

    private static String time(String utc) {
        return CLOCK.format(OffsetDateTime.parse(utc));
    }
}
