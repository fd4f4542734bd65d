package io.heliograph.gateway.twilio.reading;

import io.heliograph.gateway.twilio.words.Sids;
import io.heliograph.gateway.twilio.words.TwilioErrors;
import io.heliograph.runtime.Ids;
import io.vertx.core.MultiMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list. The token says where it is: {@code PA} and a sid for what comes after that message, {@code PB} for what comes
 * before it, in the list's order. The number is what the client counts.
 */
record PageRequest(int size, int number, @Nullable String token) {
    static final int SIZE_MAX = 1_000;
    private static final int SIZE_DEFAULT = 50;
    private static final int NUMBER_MAX = 1_000_000;
    private static final String AFTER = "PA";
    private static final String BEFORE = "PB";

    /** Throws Twilio's error about a parameter that is none. More than the largest page is the largest page. */
    static PageRequest read(MultiMap query) {
        int size = number(query, "PageSize", SIZE_DEFAULT, 1, Integer.MAX_VALUE);
        int number = number(query, "Page", 0, 0, NUMBER_MAX);
        String token = query.get("PageToken");
        if (token == null ? number > 0 : !isToken(token)) {
            throw TwilioErrors.invalidParameter("PageToken must be that of a next_page_uri or previous_page_uri.");
        }
        return new PageRequest(Math.min(size, SIZE_MAX), number, token);
    }

    static String after(String sid) {
        return AFTER + sid;
    }

    static String before(String sid) {
        return BEFORE + sid;
    }

    boolean backwards() {
        return token != null && token.startsWith(BEFORE);
    }

    /** The smaller bound of the ids, which is outside. */
    UUID after(UUID filtered) {
        UUID id = id();
        return backwards() && id != null && Ids.ORDER.compare(id, filtered) > 0 ? id : filtered;
    }

    /** The larger bound of the ids, which is outside. */
    UUID before(UUID filtered) {
        UUID id = id();
        return !backwards() && id != null && Ids.ORDER.compare(id, filtered) < 0 ? id : filtered;
    }

    private @Nullable UUID id() {
        return token == null ? null : Sids.messageId(token.substring(2));
    }

    private static boolean isToken(String token) {
        return (token.startsWith(AFTER) || token.startsWith(BEFORE)) && Sids.messageId(token.substring(2)) != null;
    }

    private static int number(MultiMap query, String name, int defaultValue, int min, int max) {
        String text = query.get(name);
        try {
            int value = text == null ? defaultValue : Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number that is out of range.
        }
        throw TwilioErrors.invalidParameter(name + " must be a whole number of at least " + min + ".");
    }
}
