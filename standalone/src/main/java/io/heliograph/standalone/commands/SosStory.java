package io.heliograph.standalone.commands;

import io.heliograph.simulator.SimulatorControl;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A patient who needs blood and the donors around them: who is asked, what each of them answers by SMS, and what the patient gets to know. What
 * people write goes through the simulator, as their provider would bring it; what they get is printed as it arrived.
 */
public final class SosStory {
    private static final long POLL_NANOS = 50_000_000;
    private static final String CITY = "Mumbai";
    private static final int NAME_WIDTH = 8;
    private static final int STATUS_WIDTH = 11;
    /** As the default file of providers has it. */
    private static final String NUMBER = "+15005550006";

    /** Nobody's numbers: a real provider would refuse them. */
    private static final Person PATIENT = new Person("demo-ravi", "Ravi", "+15005550060", "");

    private static final List<Person> DONORS = List.of(
            new Person("demo-asha", "Asha", "+15005550061", "O-"),
            new Person("demo-vikram", "Vikram", "+15005550062", "A+"),
            new Person("demo-meera", "Meera", "+15005550063", "A-"),
            new Person("demo-john", "John", "+15005550064", "B+"));

    private record Person(String id, String name, String phone, String group) {
        String padded() {
            return ("%-" + NAME_WIDTH + "s").formatted(name);
        }
    }

    private final GatewayClient gateway;
    private final SimulatorControl simulator;
    private final PrintStream out;
    private final Paint paint;
    /** What was printed already, by its sid. */
    private final Set<String> seen = new HashSet<>();

    private long deadlineNanos;

    public SosStory(GatewayClient gateway, SimulatorControl simulator, PrintStream out, Paint paint) {
        this.gateway = gateway;
        this.simulator = simulator;
        this.out = out;
        this.paint = paint;
    }

    /** {@code until} is of {@link System#nanoTime}; after it nothing is waited for. */
    public void tell(long until) throws IOException, InterruptedException, GatewayClient.RefusedException {
        deadlineNanos = until;
        meet();
        JsonObject request = ask();
        String token = request.getString("token");
        Person asha = DONORS.get(0);
        Person vikram = DONORS.get(1);
        Person meera = DONORS.get(2);
        answers(asha, "yes please!");
        out.println("  Ravi knows of nobody yet.");
        answers(vikram, "NO " + token);
        answers(asha, "Share " + token.toLowerCase(Locale.ROOT));
        hears(PATIENT);
        out.println(
                paint.title("\nOne unit was needed: the request is " + status(request) + ", and the others are told"));
        hears(meera);
        answers(meera, "YES SHARE " + token);
        statistics(request);
    }

    private void meet() throws IOException, InterruptedException, GatewayClient.RefusedException {
        out.println(paint.title("\nA patient, and donors in " + CITY + " who have agreed to be asked"));
        JsonObject _ = gateway.send("PUT", "/v1/users/" + PATIENT.id(), new JsonObject().put("phone", PATIENT.phone()));
        out.println("  " + PATIENT.padded() + "needs A+");
        for (Person donor : DONORS) {
            String path = "/v1/users/" + donor.id();
            JsonObject _ = gateway.send("PUT", path, new JsonObject().put("phone", donor.phone()));
            JsonObject _ = gateway.send(
                    "PATCH",
                    path + "/preferences",
                    new JsonObject()
                            .put(
                                    "preferences",
                                    new JsonObject().put("blood_donation", new JsonObject().put("sms", true))));
            JsonObject _ = gateway.send(
                    "PUT",
                    path + "/donor",
                    new JsonObject()
                            .put("name", donor.name())
                            .put("blood_group", donor.group())
                            .put("city", CITY));
            out.println("  " + donor.padded() + "has " + donor.group());
        }
    }

    private JsonObject ask() throws IOException, InterruptedException, GatewayClient.RefusedException {
        DONORS.forEach(this::forget);
        forget(PATIENT);
        out.println(paint.title("\nRavi's hospital asks for blood, in Bombay"));
        JsonObject request = gateway.post(
                "/v1/sos/requests",
                new JsonObject()
                        .put("patient", PATIENT.id())
                        .put("blood_group", "A+ve")
                        .put("units", 1)
                        .put("city", "Bombay")
                        .put("hospital", "City Hospital")
                        .put("priority", "critical"));
        JsonObject matched = gateway.post("/v1/sos/requests/" + request.getString("id") + "/match", new JsonObject());
        out.println("  " + matched.getInteger("alerted")
                + " donors may give to A+, and are asked in one transaction with their messages;"
                + " John, who has B+, is left in peace");
        for (Person donor : DONORS.subList(0, 3)) {
            hears(donor);
        }
        return request;
    }

    /** What has come to somebody before is none of this story. */
    private void forget(Person person) {
        simulator.messages(person.phone()).forEach(message -> seen.add(((JsonObject) message).getString("sid")));
    }

    private void answers(Person person, String text) {
        out.println(paint.title("\n" + person.name() + " writes: " + text));
        JsonObject _ = simulator.inbound(
                new JsonObject().put("from", person.phone()).put("to", NUMBER).put("body", text));
        hears(person);
    }

    /** The next message that comes to somebody's telephone. */
    private void hears(Person person) {
        String text = next(person);
        out.println("  " + person.padded() + paint.status(text == null ? "queued" : "delivered", STATUS_WIDTH)
                + (text == null ? "" : text));
    }

    private @Nullable String next(Person person) {
        while (true) {
            JsonArray messages = simulator.messages(person.phone());
            for (int i = messages.size() - 1; i >= 0; i--) {
                JsonObject message = messages.getJsonObject(i);
                if (seen.add(message.getString("sid"))) {
                    return message.getString("body");
                }
            }
            if (System.nanoTime() >= deadlineNanos) {
                return null;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private String status(JsonObject request) throws IOException, InterruptedException, GatewayClient.RefusedException {
        return gateway.get("/v1/sos/requests/" + request.getString("id")).getString("status");
    }

    private void statistics(JsonObject request)
            throws IOException, InterruptedException, GatewayClient.RefusedException {
        JsonObject statistics =
                gateway.get("/v1/sos/requests/" + request.getString("id")).getJsonObject("statistics");
        out.println(paint.title("\nHow it went"));
        for (String name : List.of("alerted", "delivered", "answered", "yes", "no", "shared")) {
            out.printf("  %-12s%d%n", name, statistics.getInteger(name));
        }
        out.printf(
                Locale.ROOT,
                "  %-12s%.1f s after the request%n",
                "first yes",
                statistics.getDouble("first_yes_seconds"));
        JsonArray badges =
                gateway.get("/v1/users/" + DONORS.getFirst().id() + "/donor").getJsonArray("badges");
        out.println("  Asha has earned: "
                + String.join(
                        ", ",
                        badges.stream()
                                .map(badge -> ((JsonObject) badge).getString("title"))
                                .toList()));
        out.println();
    }
}
