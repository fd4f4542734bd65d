package io.heliograph.gateway.booking.talk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whom the visit is for, as far as a line of a chat tells it. */
record Patient(String name, @Nullable Integer age) {
    private static final int NAME_LENGTH_MAX = 80;
    private static final int NAME_WORDS_MAX = 6;
    private static final int AGE_MAX = 120;

    private static final int ANY_CASE = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    private static final Pattern AGE = Pattern.compile(
            "(.*[^\\d\\s,(])[\\s,(]+(\\d{1,3})(?: ?(?:years?|yrs?|y|sal|saal|साल|वर्ष))?(?: old)?\\)?", ANY_CASE);
    private static final Pattern SAID_BEFORE = Pattern.compile(
            "^(?:my name is|the name is|name is|name|patient is|patient|i am|it is|its|mera naam|naam|मेरा नाम|नाम)[:\\s]+",
            ANY_CASE);
    private static final Pattern SAID_AFTER = Pattern.compile("\\s+(?:hai|है)$");
    /** Of names in any script, and of what people put into them. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}.'\u2019 -]+");

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern LETTERS = Pattern.compile("\\p{L}.*\\p{L}|\\p{L}\\p{M}+");

    /** Null where it is no name of anybody. */
    static @Nullable Patient of(String raw) {
        if (raw.length() > NAME_LENGTH_MAX * 2) {
            return null;
        }
        String line = SPACES.matcher(raw).replaceAll(" ").strip().replaceAll("[.,!\u0964]+$", "");
        Matcher withAge = AGE.matcher(line);
        Integer age = null;
        if (withAge.matches()) {
            age = Integer.valueOf(withAge.group(2));
            line = line.substring(0, withAge.end(1));
        }
        String name = name(line);
        return name == null || (age != null && age > AGE_MAX) ? null : new Patient(name, age);
    }

    private static @Nullable String name(String line) {
        Matcher before = SAID_BEFORE.matcher(line);
        String rest = before.find() ? line.substring(before.end()) : line;
        String name = SAID_AFTER.matcher(rest).replaceFirst("").strip();
        boolean isName = name.length() <= NAME_LENGTH_MAX
                && NAME.matcher(name).matches()
                && LETTERS.matcher(name).find()
                && name.split(" ").length <= NAME_WORDS_MAX;
        return isName ? name : null;
    }
}
