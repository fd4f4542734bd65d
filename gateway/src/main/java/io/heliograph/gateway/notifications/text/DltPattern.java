package io.heliograph.gateway.notifications.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text as it is registered with India's operators, with {@code {#var#}} where a value stands. They refuse what does not fit it, so we do
 * before them.
 */
public final class DltPattern {
    /** What operators let one slot hold, in characters. */
    private static final int VALUE_LENGTH_MAX = 30;
    /** Of the slots for links and addresses, which are registered by themselves. */
    private static final int LINK_LENGTH_MAX = 200;

    private static final int SLOTS_MAX = 30;
    private static final Pattern SLOT = Pattern.compile("\\{#(\\w+)#}");

    /** A fixed text, or a slot, which has none. */
    private record Part(@Nullable String text, boolean digitsOnly, int lengthMax, boolean masked) {
        static Part fixed(String text) {
            return new Part(text, false, 0, false);
        }

        static Part slot(boolean digitsOnly, int lengthMax) {
            return new Part(null, digitsOnly, lengthMax, false);
        }
    }

    private final List<Part> parts;

    private DltPattern(List<Part> parts) {
        this.parts = parts;
    }

    /** Null where there is a slot of an unknown kind, or there are too many. */
    public static @Nullable DltPattern of(String pattern) {
        List<Part> parts = new ArrayList<>();
        Matcher slot = SLOT.matcher(pattern);
        int end = 0;
        int slots = 0;
        while (slot.find()) {
            Part found = slot(slot.group(1));
            if (found == null || ++slots > SLOTS_MAX) {
                return null;
            }
            parts.add(Part.fixed(pattern.substring(end, slot.start())));
            parts.add(found);
            end = slot.end();
        }
        parts.add(Part.fixed(pattern.substring(end)));
        return new DltPattern(parts);
    }

    private static @Nullable Part slot(String kind) {
        return switch (kind) {
            case "var", "alphanumeric" -> Part.slot(false, VALUE_LENGTH_MAX);
            case "numeric", "cbn" -> Part.slot(true, VALUE_LENGTH_MAX);
            case "url", "urlott", "email" -> Part.slot(false, LINK_LENGTH_MAX);
            default -> null;
        };
    }

    /** The same for a text in which asterisks stand for digits that nobody may read. */
    public DltPattern masked() {
        return new DltPattern(parts.stream()
                .map(part -> new Part(part.text(), part.digitsOnly(), part.lengthMax(), true))
                .toList());
    }

    /** What stands in the slots of a text that fits, in their order; null where it does not fit. */
    public @Nullable List<String> values(String text) {
        List<String> values = new ArrayList<>();
        // Each place of part and text is tried once: the work is their product, whatever the text is.
        return fit(text, 0, 0, values, new BitSet()) ? values : null;
    }

    private boolean fit(String text, int part, int at, List<String> values, BitSet hopeless) {
        if (part == parts.size()) {
            return at == text.length();
        }
        int place = part * (text.length() + 1) + at;
        if (hopeless.get(place)) {
            return false;
        }
        Part here = parts.get(part);
        boolean fits = here.text() == null
                ? fitSlot(text, part, at, values, hopeless)
                : text.startsWith(here.text(), at)
                        && fit(text, part + 1, at + here.text().length(), values, hopeless);
        if (!fits) {
            hopeless.set(place);
        }
        return fits;
    }

    private boolean fitSlot(String text, int part, int at, List<String> values, BitSet hopeless) {
        Part slot = parts.get(part);
        for (int end = at; end <= text.length() && end - at <= slot.lengthMax(); end++) {
            if (end > at && !takes(slot, text.charAt(end - 1))) {
                return false;
            }
            values.add(text.substring(at, end));
            if (fit(text, part + 1, end, values, hopeless)) {
                return true;
            }
            String _ = values.removeLast();
        }
        return false;
    }

    /** Providers take the values as one text with a bar between them. */
    private static boolean takes(Part slot, char c) {
        return slot.digitsOnly()
                ? (c >= '0' && c <= '9') || (slot.masked() && c == '*')
                : c != '|' && !Character.isISOControl(c);
    }
}
