package io.heliograph.standalone.commands;

import io.heliograph.providers.yaml.Nearest;
import io.heliograph.runtime.CommandLine;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What a person wants to see sent: a message to a number, or something that happened to a user. */
sealed interface SendTestArguments {
    String USAGE = """
            usage: ./heliograph send-test [--phone NUMBER] [--message TEXT]
                   ./heliograph send-test --user ID [--type TYPE] [--data JSON]

            --phone    defaults to +15005550010, to which the simulated provider delivers; --to is the same
            --message  --text is the same
            --user     tells a user (PUT /v1/users/{id}) of an event, by all channels of its type
            --type     a notification type; order_created unless given, with data of its own
            --data     the values of the type's variables

            Exits with 0 when each message was sent or delivered, with 1 when one was not within a minute (failed,
            undelivered, refused, expired) or no channel took the event, and with 2 when this line is wrong.""";

    Map<String, String> SAME = Map.of("to", "phone", "text", "message");
    List<String> NAMES = List.of("phone", "message", "user", "type", "data", "to", "text");
    /** Those that an event has beside its user. */
    List<String> OF_EVENTS = List.of("type", "data");

    List<String> OF_MESSAGES = List.of("phone", "message");
    String TYPE_DEFAULT = "order_created";
    JsonObject DATA_DEFAULT = new JsonObject().put("order_id", "A17").put("amount", "₹250");

    /** The body of a message. */
    record Message(JsonObject body) implements SendTestArguments {}

    /** The body of an event. */
    record Event(JsonObject body) implements SendTestArguments {}

    /** Explain. */
    record Help() implements SendTestArguments {}

    /** All that is wrong, one a line. */
    record Mistake(String message) implements SendTestArguments {}

    static SendTestArguments parse(List<String> arguments) {
        if (CommandLine.asksForHelp(arguments)) {
            return new Help();
        }
        Map<String, String> given = new HashMap<>();
        List<String> mistakes = new ArrayList<>();
        Iterator<String> left = arguments.iterator();
        while (left.hasNext()) {
            take(left.next(), left, given, mistakes);
        }
        boolean isEvent = given.containsKey("user");
        for (String name : isEvent ? OF_MESSAGES : OF_EVENTS) {
            if (given.containsKey(name)) {
                mistakes.add("--" + name + (isEvent ? " does not go with --user" : " wants --user too"));
            }
        }
        if (!mistakes.isEmpty()) {
            return new Mistake(String.join("\n", mistakes));
        }
        return isEvent ? event(given) : message(given);
    }

    private static void take(String argument, Iterator<String> left, Map<String, String> given, List<String> mistakes) {
        String name = argument.replaceFirst("^--", "");
        if (!argument.startsWith("--")) {
            mistakes.add("\"" + argument + "\" is no option; a text goes after --message, a number after --phone");
        } else if (!NAMES.contains(name)) {
            String meant = Nearest.to(name, NAMES);
            mistakes.add("there is no option --" + name + (meant == null ? "" : ", did you mean --" + meant + "?"));
            skipValue(left);
        } else if (left.hasNext()) {
            given.put(SAME.getOrDefault(name, name), left.next());
        } else {
            mistakes.add("--" + name + " wants a value");
        }
    }

    /** What follows was meant for it, and is no mistake of its own. */
    private static void skipValue(Iterator<String> left) {
        if (left.hasNext()) {
            String _ = left.next();
        }
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
