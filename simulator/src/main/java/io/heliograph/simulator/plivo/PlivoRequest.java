package io.heliograph.simulator.plivo;

import io.heliograph.simulator.calls.PhoneNumber;
import io.heliograph.simulator.calls.Reference;
import io.heliograph.simulator.calls.Wanted;
import io.heliograph.simulator.http.Form;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.ledger.ProviderCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a call for messages asks for; {@link PlivoRules} says whether it will do. */
record PlivoRequest(
        Form form, List<Wanted> wanted, @Nullable String url, String method) {
    private static final Set<String> NO_DETAILS = Set.of("src", "dst", "text");

    static PlivoRequest read(Form form) {
        String method = form.given("method");
        return new PlivoRequest(form, wanted(form), form.given("url"), method == null ? "POST" : method);
    }

    /** Each recipient once, as Plivo removes duplicates. */
    private static List<Wanted> wanted(Form form) {
        String text = form.get("text") == null ? "" : form.get("text");
        String destinations = form.given("dst");
        Map<String, Wanted> unique = new LinkedHashMap<>();
        for (String given : destinations == null ? new String[0] : destinations.split("<", -1)) {
            String number = PhoneNumber.international(given.strip());
            String to = number == null ? given : number;
            unique.putIfAbsent(to, new Wanted(given, to, text == null ? "" : text, number != null));
        }
        return List.copyOf(unique.values());
    }

    @Nullable
    String sender() {
        String source = form.given("src");
        return source == null ? form.given("powerpack_uuid") : source;
    }

    /** What the caller calls the one message that it asks for: the {@code m} of its callback's URL, or its reference. */
    @Nullable
    String identity() {
        String named =
                url == null || wanted.size() != 1 ? null : Form.ofUrl(url).given("m");
        return named != null ? named : Reference.identity(reference(), wanted.size());
    }

    private @Nullable String reference() {
        return url == null ? null : Form.ofUrl(url).given("c");
    }

    ProviderCall call() {
        Map<String, String> details = new TreeMap<>();
        form.names().stream()
                .filter(name -> !NO_DETAILS.contains(name))
                .forEach(name -> details.put(name, String.valueOf(form.get(name))));
        return new ProviderCall(Provider.PLIVO, sender(), reference(), details);
    }
}
