package io.heliograph.gateway.twilio.creating;

import java.util.HashMap;
import java.util.Map;

/**
 * Twilio's {@code SmartEncoded}: characters that people never typed on purpose become those of the SMS alphabet that look like them, so
 * that one curly quote does not make three messages of one. The part of Twilio's table that texts really hold.
 */
final class SmartEncoding {
    private static final Map<Integer, String> PLAIN = plain();

    private SmartEncoding() {}

    static String of(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            String replacement = PLAIN.get(c);
            if (replacement == null) {
                plain.appendCodePoint(c);
            } else {
                plain.append(replacement);
            }
        });
        return plain.toString();
    }

    private static Map<Integer, String> plain() {
        Map<Integer, String> plain = new HashMap<>();
        put(plain, "\"", "«»“”„‟ʺˮ❝❞〝〞＂");
        put(plain, "'", "‘’‛ʻˈʼʽʹ´ˊ`ˋ❛❜＇");
        put(plain, "-", "‐–—―⁃•－﹣");
        put(plain, "...", "…");
        put(plain, "!!", "‼");
        put(plain, "/", "÷⁄∕／");
        put(plain, "1/4", "¼");
        put(plain, "1/2", "½");
        put(plain, "3/4", "¾");
        put(plain, ",", "‚，､、");
        put(plain, ".", "。．｡");
        put(plain, ":", "ː：");
        put(plain, ";", "；⁏");
        put(plain, "?", "？");
        put(plain, "!", "ǃ！");
        put(plain, "(", "（❨❪");
        put(plain, ")", "）❩❫");
        put(plain, "*", "∗＊⁎");
        put(plain, "+", "＋˖");
        put(plain, "=", "＝");
        put(plain, "~", "～˜˷∼");
        put(plain, "^", "ˆ＾");
        put(
                plain,
                " ",
                "\u00A0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000\t");
        put(plain, "", "\u200B\u2060\uFEFF");
        return Map.copyOf(plain);
    }

    private static void put(Map<Integer, String> all, String plain, String fancy) {
        fancy.codePoints().forEach(c -> all.put(c, plain));
    }
}
