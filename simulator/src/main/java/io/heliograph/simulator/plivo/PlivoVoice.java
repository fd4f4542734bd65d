package io.heliograph.simulator.plivo;

import io.heliograph.simulator.callbacks.Receipts;
import io.heliograph.simulator.calls.Problem;
import io.heliograph.simulator.calls.Refusals;
import io.heliograph.simulator.calls.Taken;
import io.heliograph.simulator.calls.Voice;
import io.heliograph.simulator.calls.Wanted;
import io.heliograph.simulator.http.JsonText;
import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.Status;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plivo's answer to one call: a UUID for each valid recipient in their order, and the others by themselves. */
final class PlivoVoice implements Voice {
    private final PlivoReplies replies;
    private final PlivoRequest request;
    private final PlivoDialect dialect;

    PlivoVoice(PlivoReplies replies, PlivoRequest request, PlivoDialect dialect) {
        this.replies = replies;
        this.request = request;
        this.dialect = dialect;
    }

    @Override
    public Refusals refusals() {
        return replies;
    }

    @Override
    public void created(Taken taken) {
        JsonText text = replies.begin();
        JsonText invalid = new JsonText();
        JsonText uuids = new JsonText();
        String invalidSeparator = "";
        String separator = "";
        for (int i = 0; i < taken.entries().size(); i++) {
            Message message = taken.entries().get(i).message();
            if (message == null) {
                invalid.raw(invalidSeparator)
                        .string(taken.asking().wanted().get(i).given());
                invalidSeparator = ",";
            } else {
                uuids.raw(separator).string(taken.ledger().ids().uuid(message));
                separator = ",";
            }
        }
        if (!invalidSeparator.isEmpty()) {
            text.raw(",\"invalid_number\":[").raw(invalid.toString()).raw("]");
        }
        text.raw(",\"message\":\"message(s) queued\",\"message_uuid\":[").raw(uuids.toString());
        Replies.json(taken.asking().http(), replies.success(), text.raw("]}").toString());
    }

    @Override
    public Problem noneIsFine(Taken taken) {
        String all = taken.asking().wanted().stream().map(Wanted::given).collect(Collectors.joining("<"));
        return new Problem(400, 0, all + " is not a valid phone number");
    }

    @Override
    public int invalidNumberCode() {
        return 0;
    }

    @Override
    public String withoutId(boolean blank) {
        String uuids = blank ? ",\"message_uuid\":[\"\"]}" : "}";
        return replies.begin()
                .raw(",\"message\":\"message(s) queued\"")
                .raw(uuids)
                .toString();
    }

    /** It is queued too, but of that Plivo tells. */
    @Override
    public Status first() {
        return Status.ACCEPTED;
    }

    @Override
    public @Nullable Receipts receipts(Taken taken) {
        String url = request.url();
        return url == null ? null : new PlivoReceipts(dialect, taken.ledger(), url, request.method());
    }
}
