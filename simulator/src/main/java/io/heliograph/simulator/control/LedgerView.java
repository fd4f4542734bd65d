package io.heliograph.simulator.control;

import io.heliograph.simulator.http.Form;
import io.heliograph.simulator.ledger.Entry;
import io.heliograph.simulator.ledger.Ledger;
import io.heliograph.simulator.ledger.Ledger.Line;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.ProviderCall;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ledger as JSON: of one recipient, of one message, or of all. */
final class LedgerView {
    private static final int LINES = 1_000;
    private static final int LINES_MAX = 100_000;

    private LedgerView() {}

    static JsonObject show(Ledger ledger, Form query) {
        int limit = limit(query, LINES, LINES_MAX);
        String to = query.given("to");
        if (to != null) {
            return posts(ledger, ledger.recipient(to), ledger.ofRecipient(to, limit))
                    .put("to", to);
        }
        String identity = query.given("m");
        if (identity != null) {
            return posts(ledger, ledger.identity(identity), ledger.ofMessage(identity, limit))
                    .put("m", identity);
        }
        return ledger.summary()
                .toJson()
                .put("by_recipient", lines("to", ledger.recipients(false, limit)))
                .put("recipients_repeated", lines("to", ledger.recipients(true, limit)))
                .put("messages_repeated", lines("m", ledger.messages(true, limit)));
    }

    private static JsonObject posts(Ledger ledger, Line line, List<Entry> entries) {
        JsonArray posts = new JsonArray();
        entries.reversed().forEach(entry -> posts.add(post(ledger, entry)));
        return new JsonObject()
                .put("received", line.received())
                .put("accepted", line.accepted())
                .put("accepted_by", new JsonArray(line.acceptedBy()))
                .put("posts", posts);
    }

    private static JsonObject post(Ledger ledger, Entry entry) {
        Message message = entry.message();
        ProviderCall call = entry.call();
        JsonObject details = new JsonObject();
        call.details().forEach(details::put);
        return new JsonObject()
                .put("provider", call.provider().word())
                .put("received_at", Instant.ofEpochMilli(entry.receivedAt()).toString())
                .put(
                        "answered_at",
                        entry.answeredAt() == 0
                                ? null
                                : Instant.ofEpochMilli(entry.answeredAt()).toString())
                .put("answer", entry.answer())
                .put("status", entry.status() == 0 ? null : entry.status())
                .put("code", entry.code() == 0 ? null : entry.code())
                .put("accepted", entry.accepted())
                .put("to", entry.to())
                .put("m", entry.identity())
                .put("from", call.sender())
                .put("reference", call.reference())
                .put("details", details)
                .put("text", message == null ? null : message.content().body())
                .put("sid", message == null ? null : id(ledger, entry, message));
    }

    /** As the provider named it to the caller. */
    private static @Nullable String id(Ledger ledger, Entry entry, Message message) {
        return switch (entry.call().provider()) {
            case TWILIO -> ledger.ids().sid(message);
            case PLIVO -> ledger.ids().uuid(message);
            case FAST2SMS -> entry.call().details().get("request_id");
            case WEBPUSH -> Long.toString(entry.sequence());
            case TEXTLOCAL -> Long.toString(ledger.ids().number(entry));
        };
    }

    private static JsonArray lines(String name, List<Line> lines) {
        JsonArray array = new JsonArray();
        lines.forEach(line -> array.add(new JsonObject()
                .put(name, line.of())
                .put("received", line.received())
                .put("accepted", line.accepted())
                .put("accepted_by", new JsonArray(line.acceptedBy()))));
        return array;
    }

    static int limit(Form query, int usual, int max) {
        try {
            String limit = query.given("limit");
            return limit == null ? usual : Math.clamp(Integer.parseInt(limit), 1, max);
        } catch (NumberFormatException e) {
            return usual;
        }
    }
}
