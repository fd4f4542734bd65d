package io.heliograph.gateway;

import static org.awaitility.Awaitility.await;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A person who writes to the clinic's number, and reads what comes back. */
final class Chat {
    static final String CLINIC = "+15005550006";
    static final String PERSON = InboundPost.PERSON;

    private static final AtomicInteger SIDS = new AtomicInteger();
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
    /** Answers of the conversation, and not what the clinic tells of visits. */
    private static final String ANSWERS = " FROM message WHERE sender = '" + CLINIC + "' AND channel = 'whatsapp'"
            + " AND recipient = '" + PERSON + "'";

    private final RunningGateway gateway;

    Chat(RunningGateway gateway) {
        this.gateway = gateway;
    }

    /** A clinic in Delhi with four doctors, at one number of which visits are booked. */
    static void open(RunningGateway gateway) {
        put(
                gateway,
                "/v1/clinic",
                new JsonObject()
                        .put("name", "Sunrise Clinic")
                        .put("phone", "+911140001234")
                        .put("time_zone", "Asia/Kolkata")
                        .put("country", "IN"));
        doctor(gateway, "mehta", "Dr Mehta", "Cardiologist", "mon tue wed thu fri sat", "10:00-13:00");
        doctor(gateway, "rao", "Dr Rao", "General physician", "mon tue wed thu fri", "09:00-12:00", "16:00-18:00");
        doctor(gateway, "iyer", "Dr Iyer", "General physician", "mon tue wed thu fri", "14:00-16:00");
        doctor(
                gateway,
                "khan",
                "Dr Khan",
                "Dermatology",
                "mon tue wed thu fri",
                "05:00-06:00",
                "10:00-12:00",
                "17:00-18:00");
        put(gateway, "/v1/booking-conversation", new JsonObject().put("numbers", new JsonArray().add(CLINIC)));
    }

    private static void doctor(
            RunningGateway gateway, String id, String name, String specialisation, String days, String... hours) {
        JsonObject week = new JsonObject();
        for (String day : days.split(" ", -1)) {
            JsonArray open = new JsonArray();
            for (String range : hours) {
                int dash = range.indexOf('-');
                open.add(new JsonObject().put("from", range.substring(0, dash)).put("to", range.substring(dash + 1)));
            }
            week.put(fullName(day), open);
        }
        put(
                gateway,
                "/v1/doctors/" + id,
                new JsonObject()
                        .put("name", name)
                        .put("specialisation", specialisation)
                        .put("hours", week));
    }

    private static String fullName(String day) {
        return switch (day) {
            case "tue" -> "tuesday";
            case "wed" -> "wednesday";
            case "thu" -> "thursday";
            case "sat" -> "saturday";
            default -> day + "day";
        };
    }

    static HttpResponse<String> put(RunningGateway gateway, String path, JsonObject body) {
        HttpResponse<String> response = gateway.send(gateway.request(path).PUT(BodyPublishers.ofString(body.encode())));
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
        }
        return response;
    }

    /** The next answer. */
    String say(String text) {
        return say(form(text));
    }

    String say(MultiMap form) {
        long before = answers();
        send(form);
        await().atMost(ANSWER_MAX).until(() -> answers() > before);
        return answer(0);
    }

    static void send(RunningGateway gateway, MultiMap form) {
        HttpResponse<String> stored = InboundPost.twilio(gateway, form);
        if (stored.statusCode() != 200) {
            throw new AssertionError(stored.statusCode() + " " + stored.body());
        }
    }

    void send(MultiMap form) {
        send(gateway, form);
    }

    static MultiMap form(String text) {
        return InboundPost.twilioForm("SMchat" + SIDS.incrementAndGet(), "whatsapp:" + CLINIC, text);
    }

    /** The last one, or one before it. */
    String answer(int before) {
        return gateway.sql().text("SELECT body" + ANSWERS + " ORDER BY id DESC LIMIT 1 OFFSET " + before);
    }

    long answers() {
        return gateway.sql().count("SELECT count(*)" + ANSWERS);
    }

    /** What a provider with buttons shows instead of the last answer. */
    JsonObject content() {
        return new JsonObject(
                gateway.sql().text("SELECT coalesce(content, '{}')" + ANSWERS + " ORDER BY id DESC LIMIT 1"));
    }
}
