package io.heliograph.gateway.sos.replies;

import io.vertx.sqlclient.Row;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A donor who was asked, with what a patient may get to know.
 *
 * @param name as the donor has given it
 * @param phone that was asked
 * @param reveals how often the patient was sent the number
 */
record Response(
        UUID id,
        long accountId,
        UUID request,
        String donor,
        @Nullable String name,
        String phone,
        boolean shared,
        int reveals) {
    private static final Pattern UNPLAIN = Pattern.compile("[\"\\\\*\\p{Cc}]");

    static Response of(Row row) {
        return new Response(
                row.getUUID("id"),
                row.getLong("account_id"),
                row.getUUID("request_id"),
                row.getString("donor_id"),
                row.getString("name"),
                row.getString("phone"),
                row.getBoolean("shared"),
                row.getInteger("reveals"));
    }

    /** Whom to call; without the signs that are written in another way inside of JSON, where it has to be found again. */
    String contact() {
        String plain = name == null ? "" : UNPLAIN.matcher(name).replaceAll("").strip();
        return plain.isEmpty() ? phone : plain + ", " + phone;
    }

    /** Names the response, and nobody. */
    @Override
    public String toString() {
        return "response " + id;
    }
}
