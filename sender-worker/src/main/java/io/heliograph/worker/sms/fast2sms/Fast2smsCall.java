package io.heliograph.worker.sms.fast2sms;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What goes into one call. Numbers that get the same share a part; a single part is the whole body, and several are its
 * {@code requests}, which routes dlt and dlt_manual have.
 */
final class Fast2smsCall {
    private static final String ROUTE = "route";
    private static final String REFERENCE = "udf1";

    private final String callRef;
    private final Map<JsonObject, List<String>> numbers = new LinkedHashMap<>();

    /** {@code callRef} is what its receipts will name it by. */
    Fast2smsCall(String callRef) {
        this.callRef = callRef;
    }

    void add(JsonObject fields, String number) {
        numbers.computeIfAbsent(fields, _ -> new ArrayList<>()).add(number);
    }

    boolean isEmpty() {
        return numbers.isEmpty();
    }

    /** Whether there are texts that differ in it. */
    boolean isMixed() {
        return numbers.size() > 1;
    }

    JsonObject body() {
        List<JsonObject> parts = numbers.entrySet().stream()
                .map(part -> part.getKey().copy().put("numbers", String.join(",", part.getValue())))
                .map(part -> part.put(REFERENCE, callRef))
                .toList();
        return isMixed() ? together(parts) : parts.getFirst();
    }

    /** Nobody says whether the reference is read from the call or from its parts, so both have it. */
    private JsonObject together(List<JsonObject> parts) {
        JsonObject body = new JsonObject()
                .put(ROUTE, parts.getFirst().getString(ROUTE))
                .put(REFERENCE, callRef)
                .put("requests", new JsonArray(parts));
        parts.forEach(part -> part.remove(ROUTE));
        return body;
    }
}
