package io.heliograph.simulator.fast2sms;

import io.heliograph.simulator.calls.PhoneNumber;
import io.heliograph.simulator.calls.Wanted;
import io.heliograph.simulator.http.Form;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.ledger.ProviderCall;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks for, and the id that it gets: one part, or several with their own texts and recipients. {@link Fast2SmsRules} says whether it
 * will do.
 */
record Fast2SmsRequest(Form form, List<Form> parts, List<Wanted> wanted, String requestId) {
    private static final Set<String> NO_DETAILS = Set.of("authorization", "numbers", "message", "requests");

    static Fast2SmsRequest read(Form form, String requestId) {
        String requests = form.given("requests");
        List<Form> parts = requests == null ? List.of(form) : parts(requests);
        List<Wanted> wanted = new ArrayList<>();
        for (Form part : parts) {
            String numbers = part.given("numbers");
            String text = text(form.given("route"), part);
            for (String given : numbers == null ? new String[0] : numbers.split(",", -1)) {
                String to = PhoneNumber.indian(given.strip());
                wanted.add(new Wanted(given, to == null ? given : to, text, to != null));
            }
        }
        return new Fast2SmsRequest(form, parts, wanted, requestId);
    }

    private static List<Form> parts(String requests) {
        try {
            List<Form> parts = new ArrayList<>();
            JsonArray array = new JsonArray(requests);
            for (int i = 0; i < array.size(); i++) {
                Form part = Form.ofJson(Buffer.buffer(String.valueOf(array.getValue(i))));
                parts.add(part == null ? Form.of() : part);
            }
            return parts;
        } catch (DecodeException e) {
            return List.of();
        }
    }

    /** What a person would read, as far as that can be told: a DLT template's text is not known here. */
    private static String text(@Nullable String route, Form part) {
        String message = part.get("message") == null ? "" : String.valueOf(part.get("message"));
        String variables = part.get("variables_values") == null ? "" : String.valueOf(part.get("variables_values"));
        return switch (route == null ? "" : route) {
            case "otp" -> "Your OTP: " + variables;
            case "dlt" -> variables.isEmpty() ? message : message + '|' + variables;
            default -> message;
        };
    }

    ProviderCall call() {
        Map<String, String> details = new TreeMap<>();
        form.names().stream()
                .filter(name -> !NO_DETAILS.contains(name))
                .forEach(name -> details.put(name, String.valueOf(form.get(name))));
        details.put("request_id", requestId);
        String sender = parts.isEmpty() ? null : parts.getFirst().given("sender_id");
        return new ProviderCall(Provider.FAST2SMS, sender, form.given("udf1"), details);
    }
}
