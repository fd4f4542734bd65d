package io.heliograph.gateway.twilio.words;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Twilio's names for things: two letters and 32 hexadecimal digits, which are those of our id. */
public final class Sids {
    private static final Pattern MESSAGE = Pattern.compile("(?:SM|MM)[0-9a-fA-F]{32}");
    private static final Pattern MESSAGING_SERVICE = Pattern.compile("MG[0-9a-fA-F]{32}");
    private static final HexFormat HEX = HexFormat.of();

    private Sids() {}

    /** SM for a text, MM for what was made with media. */
    public static String ofMessage(UUID id, boolean withMedia) {
        return (withMedia ? "MM" : "SM") + hex(id);
    }

    /** Null when it is none. Which of the two letters it begins with does not matter. */
    public static @Nullable UUID messageId(String sid) {
        return MESSAGE.matcher(sid).matches()
                ? new UUID(HexFormat.fromHexDigitsToLong(sid, 2, 18), HexFormat.fromHexDigitsToLong(sid, 18, 34))
                : null;
    }

    /** The same for the same URL in the same message, whatever was deleted beside it. */
    public static String ofMedia(UUID messageId, String url) {
        return "ME" + hex(UUID.nameUUIDFromBytes((messageId + " " + url).getBytes(StandardCharsets.UTF_8)));
    }

    public static boolean isMessagingService(String sid) {
        return MESSAGING_SERVICE.matcher(sid).matches();
    }

    /** Digits may come in either case; we write them small. */
    public static String normal(String sid) {
        return sid.length() < 2 ? sid : sid.substring(0, 2) + sid.substring(2).toLowerCase(Locale.ROOT);
    }

    private static String hex(UUID id) {
        return HEX.toHexDigits(id.getMostSignificantBits()) + HEX.toHexDigits(id.getLeastSignificantBits());
    }
}
