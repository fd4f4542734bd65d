package io.heliograph.simulator.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a form or a query, decoded, in their order; a name may come more than once. */
public final class Form {
    private final List<String> names = new ArrayList<>(8);
    private final List<String> values = new ArrayList<>(8);

    /** Never fails: what is not well-formed is taken as it stands, as most servers do. */
    public static Form parse(Buffer body) {
        return parse(body.toString(StandardCharsets.ISO_8859_1));
    }

    /** The fields of a JSON object, those that are no texts as JSON; null when it is none. */
    public static @Nullable Form ofJson(Buffer body) {
        try {
            JsonObject json = body.toJsonObject();
            Form form = new Form();
            for (Map.Entry<String, Object> field : json) {
                if (field.getValue() != null) {
                    form.names.add(field.getKey());
                    form.values.add(field.getValue() instanceof String text ? text : Json.encode(field.getValue()));
                }
            }
            return form;
        } catch (DecodeException | ClassCastException e) {
            return null;
        }
    }

    /** Either, as the caller says which; null when it is neither. */
    public static @Nullable Form ofBody(HttpServerRequest request, Buffer body) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.contains("json") ? ofJson(body) : parse(body);
    }

    /** A form of one parameter each of these names and values, in turns. */
    public static Form of(String... namesAndValues) {
        Form form = new Form();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.names.add(namesAndValues[i]);
            form.values.add(namesAndValues[i + 1]);
        }
        return form;
    }

    public static Form parse(@Nullable String text) {
        Form form = new Form();
        int start = 0;
        while (text != null && start < text.length()) {
            int end = text.indexOf('&', start);
            end = end < 0 ? text.length() : end;
            if (end > start) {
                int equals = text.indexOf('=', start);
                equals = equals < 0 || equals > end ? end : equals;
                form.names.add(Percent.decode(text.substring(start, equals)));
                form.values.add(Percent.decode(text.substring(Math.min(equals + 1, end), end)));
            }
            start = end + 1;
        }
        return form;
    }

    /** The parameters in a URL's query. */
    public static Form ofUrl(String url) {
        int query = url.indexOf('?');
        int fragment = url.indexOf('#');
        return parse(query < 0 ? null : url.substring(query + 1, fragment < query ? url.length() : fragment));
    }

    public @Nullable String get(String name) {
        int at = names.indexOf(name);
        return at < 0 ? null : values.get(at);
    }

    /** Null when it is missing or empty: Twilio treats an empty parameter as not given. */
    public @Nullable String given(String name) {
        String value = get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    public List<String> names() {
        return List.copyOf(names);
    }

    public List<String> all(String name) {
        List<String> found = List.of();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals(name)) {
                found = found.isEmpty() ? new ArrayList<>(4) : found;
                found.add(values.get(i));
            }
        }
        return found;
    }
}
