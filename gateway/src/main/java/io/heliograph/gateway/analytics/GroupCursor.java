package io.heliograph.gateway.analytics;

import io.heliograph.gateway.http.Texts;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last group of a page: its period and its value of each dimension, "" for what is not told apart. */
record GroupCursor(List<String> keys) {
    private static final int KEYS = 1 + Dimension.values().length;

    GroupCursor {
        keys = List.copyOf(keys);
    }

    /** Null when it is none. */
    static @Nullable GroupCursor read(String text) {
        try {
            List<?> keys =
                    new JsonArray(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8)).getList();
            return keys.size() == KEYS
                            && keys.stream().allMatch(key -> key instanceof String word && Texts.isStorable(word))
                    ? new GroupCursor(keys.stream().map(String.class::cast).toList())
                    : null;
        } catch (IllegalArgumentException | DecodeException e) {
            return null;
        }
    }

    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(new JsonArray(keys).encode().getBytes(StandardCharsets.UTF_8));
    }
}
