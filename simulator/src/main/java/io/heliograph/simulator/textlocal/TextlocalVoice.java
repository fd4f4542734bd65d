package io.heliograph.simulator.textlocal;

import io.heliograph.simulator.callbacks.CallbackUrl;
import io.heliograph.simulator.callbacks.Receipts;
import io.heliograph.simulator.calls.Problem;
import io.heliograph.simulator.calls.Refusals;
import io.heliograph.simulator.calls.Taken;
import io.heliograph.simulator.calls.Voice;
import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.ledger.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Textlocal's answer to one call. */
final class TextlocalVoice implements Voice {
    private final TextlocalReplies replies;
    private final TextlocalRequest request;

    TextlocalVoice(TextlocalReplies replies, TextlocalRequest request) {
        this.replies = replies;
        this.request = request;
    }

    @Override
    public Refusals refusals() {
        return replies;
    }

    @Override
    public void created(Taken taken) {
        TextlocalJson json = new TextlocalJson(request, taken);
        Replies.json(taken.asking().http(), 200, request.bulk() ? json.bulk() : json.send());
    }

    @Override
    public Problem noneIsFine(Taken taken) {
        return TextlocalReplies.problem(TextlocalReplies.NO_VALID_NUMBERS);
    }

    @Override
    public int invalidNumberCode() {
        return TextlocalReplies.INVALID_NUMBER;
    }

    @Override
    public String withoutId(boolean blank) {
        JsonArray messages = new JsonArray();
        request.wanted()
                .forEach(wanted -> messages.add(new JsonObject().put("id", "").put("recipient", wanted.to())));
        return blank
                ? new JsonObject()
                        .put("status", "success")
                        .put("messages", messages)
                        .encode()
                : "{\"status\":\"success\"}";
    }

    @Override
    public Status first() {
        return Status.QUEUED;
    }

    /** A URL that is none is passed over. */
    @Override
    public @Nullable Receipts receipts(Taken taken) {
        String url = request.option("receipt_url");
        try {
            return url == null ? null : new TextlocalReceipts(CallbackUrl.parse(url), request.option("custom"));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
