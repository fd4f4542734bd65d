package io.heliograph.gateway.booking.hearing;

/** All that it takes to understand somebody; made once. */
public record Ears(Words words, DayWords days, TimeWords times) {
    public static Ears make() {
        Words words = Words.read();
        return new Ears(words, new DayWords(words), new TimeWords(words));
    }
}
