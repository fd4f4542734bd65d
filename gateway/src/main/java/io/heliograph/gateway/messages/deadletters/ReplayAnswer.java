package io.heliograph.gateway.messages.deadletters;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.Times;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What has become of the dead letters so far, one by one and in numbers. */
final class ReplayAnswer {
    private final boolean dryRun;
    private final JsonArray items = new JsonArray();
    private int replayed;
    private int replayedBefore;
    private int refused;
    private int leftOut;
    private @Nullable OffsetDateTime lastSendAt;
    private @Nullable UUID next;

    ReplayAnswer(boolean dryRun) {
        this.dryRun = dryRun;
    }

    void replayed(Row row, @Nullable UUID newId, OffsetDateTime sendAt) {
        replayed++;
        lastSendAt = sendAt;
        items.add(DeadLetterView.brief(row)
                .put("result", dryRun ? "would_be_replayed" : "replayed")
                .put("replayed_as", newId == null ? null : newId.toString())
                .put("send_at", Times.text(sendAt)));
    }

    /** Somebody else was faster. */
    void replayedBefore(Row row, UUID firstId) {
        replayedBefore++;
        items.add(DeadLetterView.brief(row).put("result", "replayed_before").put("replayed_as", firstId.toString()));
    }

    void refused(Row row, Problem problem) {
        refused++;
        items.add(DeadLetterView.brief(row).put("result", "refused").put("error", problem.json()));
    }

    /** The person may have it, and nobody has said that this does not matter. */
    void leftOut(Row row) {
        leftOut++;
        items.add(DeadLetterView.brief(row).put("result", "may_have_been_sent"));
    }

    void lookedUpTo(@Nullable UUID cursor) {
        next = cursor;
    }

    int size() {
        return items.size();
    }

    int replayed() {
        return replayed;
    }

    int refused() {
        return refused;
    }

    int leftOut() {
        return leftOut;
    }

    JsonObject json() {
        return new JsonObject()
                .put("dry_run", dryRun)
                .put("replayed", replayed)
                .put("replayed_before", replayedBefore)
                .put("refused", refused)
                .put("may_have_been_sent", leftOut)
                .put("items", items)
                .put("last_send_at", Times.text(lastSendAt))
                .put("next_cursor", next == null ? null : next.toString());
    }
}
