package io.heliograph.providers.routing;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a message costs, by the recipient's prefix.
 *
 * @param currency three letters; empty when there are no prices
 * @param otherwise the price where no prefix fits; null when that is not known
 * @param byPrefix {@code +} and digits
 */
public record PriceTable(String currency, @Nullable BigDecimal otherwise, Map<String, BigDecimal> byPrefix) {
    public static final PriceTable NONE = new PriceTable("", null, Map.of());

    /** A number of E.164 has no more digits. */
    private static final int PREFIX_LENGTH_MAX = 16;

    public PriceTable {
        byPrefix = Map.copyOf(byPrefix);
    }

    public boolean isEmpty() {
        return otherwise == null && byPrefix.isEmpty();
    }

    /** The price of the longest prefix that fits; null when nobody knows. */
    public @Nullable BigDecimal of(String recipient) {
        for (int length = Math.min(recipient.length(), PREFIX_LENGTH_MAX); length > 0; length--) {
            BigDecimal price = byPrefix.get(recipient.substring(0, length));
            if (price != null) {
                return price;
            }
        }
        return otherwise;
    }
}
