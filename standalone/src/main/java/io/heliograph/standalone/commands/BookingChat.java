package io.heliograph.standalone.commands;

import io.heliograph.simulator.SimulatorControl;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A chat with the booking conversation: what is typed goes to the simulator, which brings it to the gateway as Twilio would, and what the simulator is
 * sent in return is printed.
 */
public final class BookingChat {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(15);
    private static final long POLL_NANOS = 20_000_000;
    /** Notices come by themselves, a moment after what they are about. */
    private static final Duration NOTICE_PAUSE = Duration.ofSeconds(3);

    private static final String WHATSAPP = "whatsapp:";
    /** As the default file of providers has it. */
    private static final String NUMBER_USUAL = "+15005550006";

    private static final int NOT_FOUND = 404;

    private final GatewayClient gateway;
    private final SimulatorControl simulator;
    /** Where the gateway takes what people write; it is part of what the simulator signs. */
    private final String inboundUrl;

    private final BufferedReader in;
    private final PrintStream out;
    private final Paint paint;
    /** Nobody's, and a new one each time: so it is a new conversation. */
    private final String person = "+1500555" + ThreadLocalRandom.current().nextInt(1_000, 10_000);

    private final Set<String> seen = new HashSet<>();

    public BookingChat(
            GatewayClient gateway,
            SimulatorControl simulator,
            String inboundUrl,
            BufferedReader in,
            PrintStream out,
            Paint paint) {
        this.inboundUrl = inboundUrl;
        this.gateway = gateway;
        this.simulator = simulator;
        this.in = in;
        this.out = out;
        this.paint = paint;
    }

    /** Until nothing more is typed. */
    public void hold() throws IOException, InterruptedException, GatewayClient.RefusedException {
        String clinic = open();
        out.println(paint.title("\nYou write from " + person + " to the clinic's WhatsApp number, " + clinic + "."));
        out.println("Say hi, or what troubles you; नमस्ते works too. An empty line, or Ctrl-D, ends it.\n");
        for (String line = read(); line != null && !line.isBlank(); line = read()) {
            write(clinic, line);
        }
        out.println();
    }

    @SuppressWarnings("SystemConsoleNull") // It is null where the output goes elsewhere.
    private String read() throws IOException {
        out.print(paint.mine("you: "));
        out.flush();
        String line = in.readLine();
        if (System.console() == null && line != null) {
            // What nobody has typed here is to be read here all the same.
            out.println(line);
        }
        return line;
    }

    private void write(String clinic, String text) {
        JsonObject stored = simulator.inbound(new JsonObject()
                .put("from", WHATSAPP + person)
                .put("to", WHATSAPP + clinic)
                .put("body", text)
                .put("url", inboundUrl));
        if (!Integer.valueOf(200).equals(stored.getValue("status"))) {
            out.println("The gateway did not take it: " + stored.encode());
            return;
        }
        List<JsonObject> answers = await(WHATSAPP + person, ANSWER_MAX);
        answers.forEach(answer -> print("clinic", answer));
        if (answers.isEmpty()) {
            out.println("(no answer within " + ANSWER_MAX.toSeconds() + " s)");
        } else if (answers.getFirst().getString("body").contains("✓")) {
            await(person, NOTICE_PAUSE).forEach(notice -> print("clinic, by SMS", notice));
        }
    }

    private void print(String who, JsonObject message) {
        String indent = "\n" + " ".repeat(who.length() + 2);
        out.println(paint.theirs(who + ": ")
                + message.getString("body").replace("\n", indent).replaceAll("(?m) +$", ""));
        out.println();
    }

    /** What is new to this address, the oldest first. */
    private List<JsonObject> await(String to, Duration max) {
        long deadline = System.nanoTime() + max.toNanos();
        List<JsonObject> found = fresh(to);
        while (found.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
            found = fresh(to);
        }
        return found;
    }

    private List<JsonObject> fresh(String to) {
        List<JsonObject> fresh = new ArrayList<>();
        for (Object each : simulator.messages(to)) {
            JsonObject message = (JsonObject) each;
            if (seen.add(message.getString("sid"))) {
                fresh.addFirst(message);
            }
        }
        return fresh;
    }

    /** Makes a clinic where there is none, and answers the number at which it can be written to. */
    private String open() throws IOException, InterruptedException, GatewayClient.RefusedException {
        if (isMissing("/v1/clinic")) {
            JsonObject _ = gateway.send(
                    "PUT",
                    "/v1/clinic",
                    new JsonObject()
                            .put("name", "Sunrise Clinic")
                            .put("phone", "+911140001234")
                            .put("time_zone", "Asia/Kolkata")
                            .put("country", "IN"));
            doctor("demo-mehta", "Dr Mehta", "Cardiology", "10:00", "13:00");
            doctor("demo-rao", "Dr Rao", "General physician", "09:00", "12:00");
            doctor("demo-iyer", "Dr Iyer", "General physician", "14:00", "18:00");
            doctor("demo-khan", "Dr Khan", "Dermatology", "16:00", "19:00");
        }
        if (isMissing("/v1/booking-conversation")) {
            JsonObject _ = gateway.send(
                    "PUT",
                    "/v1/booking-conversation",
                    new JsonObject().put("numbers", new JsonArray().add(NUMBER_USUAL)));
        }
        JsonArray numbers = gateway.get("/v1/booking-conversation").getJsonArray("numbers");
        return numbers.isEmpty() ? NUMBER_USUAL : numbers.getString(0);
    }

    private boolean isMissing(String path) throws IOException, InterruptedException, GatewayClient.RefusedException {
        try {
            JsonObject _ = gateway.get(path);
            return false;
        } catch (GatewayClient.RefusedException e) {
            if (e.status() == NOT_FOUND) {
                return true;
            }
            throw e;
        }
    }

    private void doctor(String id, String name, String specialisation, String from, String to)
            throws IOException, InterruptedException, GatewayClient.RefusedException {
        JsonArray open = new JsonArray().add(new JsonObject().put("from", from).put("to", to));
        JsonObject week = new JsonObject();
        for (String day : List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")) {
            week.put(day, open);
        }
        JsonObject _ = gateway.send(
                "PUT",
                "/v1/doctors/" + id,
                new JsonObject()
                        .put("name", name)
                        .put("specialisation", specialisation)
                        .put("hours", week));
    }
}
