package io.heliograph.standalone.commands;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a person wants to see sent: a message to a number, or something that happened to a user. */
sealed interface SendTestArguments {
    String USAGE = """
            usage: ./heliograph send-test [--phone NUMBER] [--message TEXT]
                   ./heliograph send-test --user ID [--type TYPE] [--data JSON]

            --phone    defaults to +15005550010, to which the simulated provider delivers; --to is the same
            --message  --text is the same
            --user     tells a user (PUT /v1/users/{id}) of an event, by all channels of its type
            --type     a notification type; order_created unless given, with data of its own
            --data     the values of the type's variables""";

    Map<String, String> SAME = Map.of("to", "phone", "text", "message");
    String TYPE_DEFAULT = "order_created";
    JsonObject DATA_DEFAULT = new JsonObject().put("order_id", "A17").put("amount", "₹250");

    /** The body of a message. */
    record Message(JsonObject body) implements SendTestArguments {}

    /** The body of an event. */
    record Event(JsonObject body) implements SendTestArguments {}

    record Mistake(String message) implements SendTestArguments {}

    static SendTestArguments parse(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i).replaceFirst("^--", "");
            if (!arguments.get(i).startsWith("--") || i + 1 == arguments.size()) {
                return new Mistake(USAGE);
            }
            given.put(SAME.getOrDefault(name, name), arguments.get(i + 1));
        }
        if (given.containsKey("user")) {
            return knows(given, Set.of("user", "type", "data")) ? event(given) : new Mistake(USAGE);
        }
        return knows(given, Set.of("phone", "message")) ? message(given) : new Mistake(USAGE);
    }

    private static boolean knows(Map<String, String> given, Set<String> names) {
        return names.containsAll(given.keySet());
    }

    private static SendTestArguments message(Map<String, String> given) {
        return new Message(new JsonObject()
                .put("to", given.getOrDefault("phone", "+15005550010"))
                .put("text", given.getOrDefault("message", "Hello from Heliograph")));
    }

    private static SendTestArguments event(Map<String, String> given) {
        try {
            JsonObject data = given.containsKey("data")
                    ? new JsonObject(given.get("data"))
                    : given.containsKey("type") ? new JsonObject() : DATA_DEFAULT;
            return new Event(new JsonObject()
                    .put("type", given.getOrDefault("type", TYPE_DEFAULT))
                    .put("user", given.get("user"))
                    .put("data", data));
        } catch (DecodeException e) {
            return new Mistake("--data must be a JSON object, as in --data '" + DATA_DEFAULT.encode() + "'");
        }
    }
}
