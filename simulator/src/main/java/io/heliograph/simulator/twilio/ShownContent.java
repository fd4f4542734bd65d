package io.heliograph.simulator.twilio;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Content as text: its variables in their order, the first as it is, each other one as a button under it. */
final class ShownContent {
    private ShownContent() {}

    /** Empty for variables that are none; {@link CreateRules} says so to the caller. */
    static String of(@Nullable String variables) {
        try {
            return variables == null ? "" : lines(new JsonObject(variables));
        } catch (DecodeException | ClassCastException e) {
            return "";
        }
    }

    private static String lines(JsonObject variables) {
        List<String> names = variables.fieldNames().stream()
                .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .toList();
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            String value = String.valueOf(variables.getValue(name));
            boolean _ = lines.add(lines.isEmpty() ? value : "[" + value + "]");
        }
        return String.join("\n", lines);
    }
}
