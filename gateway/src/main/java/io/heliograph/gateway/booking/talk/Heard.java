package io.heliograph.gateway.booking.talk;

import io.heliograph.gateway.booking.hearing.Said;
import org.jspecify.annotations.Nullable;

/**
 * What came from the person.
 *
 * @param raw as it was written
 * @param button the id of the one that was pressed, or of the line of a list; null for none
 * @param label what stood on it; null where nobody told
 * @param afterSilence whether it comes so late that the conversation has ended meanwhile
 */
public record Heard(
        String raw,
        Said said,
        @Nullable String button,
        @Nullable String label,
        Enclosed enclosed,
        boolean afterSilence) {
    /** What came with it, as far as it matters. */
    public enum Enclosed {
        NOTHING,
        FILE,
        VOICE
    }

    public static Heard of(
            String raw, @Nullable String button, @Nullable String label, Enclosed enclosed, boolean afterSilence) {
        return new Heard(raw, Said.of(raw), button, label, enclosed, afterSilence);
    }

    boolean isTooLong() {
        return raw.length() > Said.READ_MAX;
    }

    /** Not what was written. */
    @Override
    public String toString() {
        return "heard";
    }
}
