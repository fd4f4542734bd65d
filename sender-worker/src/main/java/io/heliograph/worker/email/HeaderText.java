package io.heliograph.worker.email;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Text as a mail header has it (RFC 2047). The mail client's own way breaks what is outside of Unicode's first plane. */
final class HeaderText {
    /** 60 characters once encoded, which with the frame stay below the 75 that are allowed. */
    private static final int BYTES_MAX = 45;

    private HeaderText() {}

    /** A line break would begin another header, so it becomes a space. */
    static String of(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        boolean plain = line.length() <= 60 && line.chars().allMatch(c -> c < 127) && !line.contains("=?");
        return plain ? line : encoded(line);
    }

    private static String encoded(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int bytes = 0;
        for (int codePoint : line.codePoints().toArray()) {
            String character = Character.toString(codePoint);
            int more = character.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + more > BYTES_MAX) {
                words.add(word(word));
                word.setLength(0);
                bytes = 0;
            }
            word.append(character);
            bytes += more;
        }
        words.add(word(word));
        return String.join("\r\n ", words);
    }

    private static String word(CharSequence text) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
    }
}
