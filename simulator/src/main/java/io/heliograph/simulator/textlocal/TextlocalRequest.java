package io.heliograph.simulator.textlocal;

import io.heliograph.simulator.calls.PhoneNumber;
import io.heliograph.simulator.calls.Wanted;
import io.heliograph.simulator.http.Form;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.ledger.ProviderCall;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks for. Sender, receipts and the like are among the options: of a bulk call inside its JSON, else beside
 * the numbers. {@link TextlocalRules} says whether it will do.
 */
record TextlocalRequest(boolean bulk, Form form, @Nullable Form options, List<Wanted> wanted) {
    private static final Set<String> NO_DETAILS = Set.of("apikey", "apiKey", "numbers", "message", "messages", "data");
    private static final String NATIONAL_ENGLISH = "0[1-9][0-9]{9}";

    /** One text to some numbers, each of them once. */
    static TextlocalRequest send(Form form) {
        String numbers = form.given("numbers");
        Map<String, Wanted> unique = new LinkedHashMap<>();
        for (String given : numbers == null ? new String[0] : numbers.split(",", -1)) {
            Wanted wanted = wanted(given.strip(), form.get("message"));
            unique.putIfAbsent(wanted.to(), wanted);
        }
        return new TextlocalRequest(false, form, form, List.copyOf(unique.values()));
    }

    /** A number and a text each; the options are null when the data are no JSON object. */
    static TextlocalRequest bulk(Form form) {
        String data = form.given("data");
        Form options = data == null ? null : Form.ofJson(Buffer.buffer(data));
        String messages = options == null ? null : options.given("messages");
        return new TextlocalRequest(true, form, options, messages == null ? List.of() : messages(messages));
    }

    private static List<Wanted> messages(String json) {
        try {
            List<Wanted> wanted = new ArrayList<>();
            JsonArray messages = new JsonArray(json);
            for (int i = 0; i < messages.size(); i++) {
                Form message = Form.ofJson(Buffer.buffer(String.valueOf(messages.getValue(i))));
                String number = message == null ? null : message.given("number");
                wanted.add(wanted(number == null ? "" : number, message == null ? null : message.get("text")));
            }
            return wanted;
        } catch (DecodeException e) {
            return List.of();
        }
    }

    private static Wanted wanted(String given, @Nullable String text) {
        String to = PhoneNumber.indian(given);
        if (to == null) {
            to = given.matches(NATIONAL_ENGLISH) ? "+44" + given.substring(1) : PhoneNumber.international(given);
        }
        return new Wanted(given, to == null ? given : to, text == null ? "" : text, to != null);
    }

    @Nullable
    String option(String name) {
        return options == null ? null : options.given(name);
    }

    /** Everything is checked and answered, and nothing is sent. */
    boolean isTest() {
        String test = option("test");
        return "1".equals(test) || "true".equals(test);
    }

    ProviderCall call() {
        Map<String, String> details = new TreeMap<>();
        Form all = options == null ? form : options;
        all.names().stream()
                .filter(name -> !NO_DETAILS.contains(name))
                .forEach(name -> details.put(name, String.valueOf(all.get(name))));
        return new ProviderCall(Provider.TEXTLOCAL, option("sender"), option("custom"), details);
    }
}
