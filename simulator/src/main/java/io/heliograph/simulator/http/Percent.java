package io.heliograph.simulator.http;

import java.nio.charset.StandardCharsets;

/** Form encoding: UTF-8, percent signs, and a plus for a space. */
public final class Percent {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private Percent() {}

    /** Text that is not well-formed stays as it is. */
    public static String decode(String text) {
        if (isPlain(text)) {
            return text;
        }
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int octet = c == '%' ? octetAt(text, i + 1) : -1;
            if (octet >= 0) {
                i += 2;
            } else {
                octet = c == '+' ? ' ' : c;
            }
            bytes[length++] = (byte) octet;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    public static void encode(String text, StringBuilder into) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                into.append(c);
            } else if (c == ' ') {
                into.append('+');
            } else if (c < 0x80) {
                append(c, into);
            } else {
                int end = i + (Character.isHighSurrogate(c) && i + 1 < text.length() ? 2 : 1);
                for (byte octet : text.substring(i, end).getBytes(StandardCharsets.UTF_8)) {
                    append(octet & 0xff, into);
                }
                i = end - 1;
            }
        }
    }

    /** Octets over 127 that came unencoded are UTF-8 too, so they are not plain. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || c == '+' || c > 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-_.*".indexOf(c) >= 0;
    }

    private static void append(int octet, StringBuilder into) {
        into.append('%').append(HEX[octet >> 4]).append(HEX[octet & 15]);
    }

    private static int octetAt(String text, int at) {
        if (at + 2 > text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
