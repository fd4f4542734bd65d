package io.heliograph.gateway.http;

import io.vertx.core.json.JsonObject;

/** One thing that is wrong with a request, and where: at a JSON pointer into its body, or in a parameter of its query. */
public record FieldMistake(Place place, String at, ProblemCode code, String detail) {
    /** Where to look, and what that is called in the answer. */
    public enum Place {
        POINTER,
        PARAMETER
    }

    private static final int NAME_LENGTH_MAX = 100;

    public static FieldMistake at(String pointer, ProblemCode code, String detail) {
        return new FieldMistake(Place.POINTER, pointer, code, detail);
    }

    public static FieldMistake inParameter(String name, ProblemCode code, String detail) {
        return new FieldMistake(Place.PARAMETER, shown(name), code, detail);
    }

    /** The pointer to a field of the object at {@code base}. */
    public static String pointer(String base, String name) {
        return base + "/" + shown(name).replace("~", "~0").replace("/", "~1");
    }

    JsonObject json() {
        return new JsonObject()
                .put(place == Place.POINTER ? "pointer" : "parameter", at)
                .put("code", code.word())
                .put("detail", detail);
    }

    /** A name that a client made up can be as long as a body, and need not be writable as UTF-8. */
    private static String shown(String name) {
        String start = name.length() <= NAME_LENGTH_MAX ? name : name.substring(0, NAME_LENGTH_MAX) + "…";
        return Texts.isStorable(start) ? start : "(not readable)";
    }
}
