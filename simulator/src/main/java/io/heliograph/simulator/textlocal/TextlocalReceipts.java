package io.heliograph.simulator.textlocal;

import io.heliograph.simulator.callbacks.CallbackUrl;
import io.heliograph.simulator.callbacks.Dialect;
import io.heliograph.simulator.callbacks.Letter;
import io.heliograph.simulator.callbacks.Receipts;
import io.heliograph.simulator.http.Parameters;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.Status;
import io.heliograph.simulator.script.CallbackPlan;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** One receipt a message, when Textlocal knows its end or knows that it will never know. No id, and no signature. */
final class TextlocalReceipts implements Receipts {
    private static final Dialect DIALECT = Dialect.unsigned("Textlocal");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final CallbackUrl url;
    private final @Nullable String custom;

    TextlocalReceipts(CallbackUrl url, @Nullable String custom) {
        this.url = url;
        this.custom = custom;
    }

    @Override
    public boolean tells(Status status, Status last) {
        return status == last;
    }

    @Override
    public Letter letter(Message message, Status status, CallbackPlan plan) {
        Parameters parameters = new Parameters()
                .put("number", message.content().to().substring(1))
                // A receipt that comes all the same, though nobody knows, says so.
                .put("status", word(status).equals("P") ? "?" : word(status))
                .put("customID", custom == null ? "" : custom)
                .put("datetime", time(message.state().updatedAt()))
                .putAll(plan.extraParameters());
        return Letter.form(DIALECT, plan.wronglySigned() ? url.withWrongSecret() : url, parameters);
    }

    static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }

    static String word(Status status) {
        return switch (status) {
            case DELIVERED, READ -> "D";
            case UNDELIVERED, FAILED -> "U";
            case REJECTED -> "I";
            case ACCEPTED, SCHEDULED, QUEUED, SENDING, SENT -> "P";
            case CANCELED, RECEIVED -> "?";
        };
    }
}
