package io.heliograph.providers.yaml;

import io.heliograph.runtime.Durations;
import java.math.BigDecimal;
import java.time.Duration;

/** Makes values of texts. All throw {@link IllegalArgumentException} on a text that is none, or is out of bounds. */
final class Scalars {
    private static final double PER_SECOND_MIN = 0.001;
    private static final double PER_SECOND_MAX = 1_000_000;
    private static final int PRICE_DIGITS_MAX = 9;
    private static final Duration DURATION_MAX = Duration.ofDays(30);

    private Scalars() {}

    static String matching(String text, String regex) {
        return check(text, text.matches(regex));
    }

    static Integer integer(String text, int min, int max) {
        int number = Integer.parseInt(text.trim());
        return check(number, number >= min && number <= max);
    }

    static Double perSecond(String text) {
        double number = new BigDecimal(text.trim()).doubleValue();
        return check(number, number >= PER_SECOND_MIN && number <= PER_SECOND_MAX);
    }

    /** Nine digits before the point and nine after it are enough for any currency, and keep 1e999999999 out. */
    static BigDecimal price(String text) {
        BigDecimal price = new BigDecimal(text.trim());
        long digitsBefore = (long) price.precision() - price.scale();
        return check(
                price, price.signum() >= 0 && digitsBefore <= PRICE_DIGITS_MAX && price.scale() <= PRICE_DIGITS_MAX);
    }

    static Duration duration(String text) {
        Duration duration = Durations.parse(text);
        return check(duration, duration.isPositive() && duration.compareTo(DURATION_MAX) <= 0);
    }

    private static <T> T check(T value, boolean isRight) {
        if (!isRight) {
            throw new IllegalArgumentException();
        }
        return value;
    }
}
