package io.heliograph.gateway.twilio.reading;

import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a page may look at: of an account's messages, or those with one address, the first {@code lookMax} between two ids, which are
 * outside.
 */
record Stretch(
        long accountId,
        UUID after,
        UUID before,
        int lookMax,
        @Nullable String address) {

    static Stretch of(long accountId, MessageFilter filter, PageRequest page, int lookMax, @Nullable String address) {
        return new Stretch(accountId, page.after(filter.from()), page.before(filter.until()), lookMax, address);
    }

    /** A new one each time, for others to be added. */
    Tuple parameters() {
        Tuple parameters = Tuple.of(accountId, after, before, lookMax);
        return address == null ? parameters : parameters.addString(address);
    }
}
