package io.heliograph.gateway.notifications.text;

import java.io.Writer;

/** Takes what a template writes, and no more of it than one character too much: by that one sees that it is too long. */
public final class BoundedText extends Writer {
    private final StringBuilder text = new StringBuilder();
    private final int lengthMax;

    public BoundedText(int lengthMax) {
        super();
        this.lengthMax = lengthMax;
    }

    @Override
    public void write(char[] characters, int from, int length) {
        text.append(characters, from, room(length));
    }

    @Override
    public void write(String part, int from, int length) {
        // Spares the copy that all writers make otherwise.
        text.append(part, from, from + room(length));
    }

    private int room(int length) {
        return Math.min(length, Math.max(0, lengthMax + 1 - text.length()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return text.toString();
    }
}
