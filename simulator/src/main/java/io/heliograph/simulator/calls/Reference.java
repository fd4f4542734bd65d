package io.heliograph.simulator.calls;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a caller calls a call: a text of its own that comes back with every receipt. */
public final class Reference {
    /** A UUID, and the number of an attempt. */
    private static final Pattern OF_MESSAGE = Pattern.compile("([0-9a-fA-F-]{36})-[0-9]+");

    private Reference() {}

    /** What the caller calls the message, when the call asked for this one alone. */
    public static @Nullable String identity(@Nullable String reference, int messages) {
        if (reference == null || messages != 1) {
            return null;
        }
        var matcher = OF_MESSAGE.matcher(reference);
        return matcher.matches() ? matcher.group(1) : reference;
    }
}
