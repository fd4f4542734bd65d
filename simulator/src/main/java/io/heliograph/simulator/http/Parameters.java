package io.heliograph.simulator.http;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.MultiMap;
import java.util.Map;
import java.util.TreeMap;

/** The parameters of a call to a customer, sorted by name as the signature wants them; each name comes once. */
public final class Parameters {
    private final TreeMap<String, String> sorted = new TreeMap<>();

    @CanIgnoreReturnValue
    public Parameters put(String name, String value) {
        sorted.put(name, value);
        return this;
    }

    @CanIgnoreReturnValue
    public Parameters putAll(Map<String, String> parameters) {
        sorted.putAll(parameters);
        return this;
    }

    /** What is signed: the URL, then each name and value as they are. */
    public CharSequence signed(String url) {
        StringBuilder text = new StringBuilder(url.length() + 512).append(url);
        sorted.forEach((name, value) -> text.append(name).append(value));
        return text;
    }

    public MultiMap toMultiMap() {
        MultiMap map = MultiMap.caseInsensitiveMultiMap();
        sorted.forEach(map::add);
        return map;
    }

    /** As a form body. */
    public String encoded() {
        StringBuilder body = new StringBuilder(512);
        sorted.forEach((name, value) -> {
            Percent.encode(name, body.isEmpty() ? body : body.append('&'));
            Percent.encode(value, body.append('='));
        });
        return body.toString();
    }
}
