package io.heliograph.simulator.fast2sms;

import io.heliograph.simulator.callbacks.Receipts;
import io.heliograph.simulator.calls.Problem;
import io.heliograph.simulator.calls.Refusals;
import io.heliograph.simulator.calls.Segments;
import io.heliograph.simulator.calls.Taken;
import io.heliograph.simulator.calls.Voice;
import io.heliograph.simulator.http.JsonText;
import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.ledger.Status;
import io.heliograph.simulator.script.Webhook;
import org.jspecify.annotations.Nullable;

/** The answer of Fast2SMS to one call: one id for all of its messages. Of a single bad recipient it says nothing. */
final class Fast2SmsVoice implements Voice {
    private static final String SENT = "\"message\":[\"SMS sent successfully.\"]";

    private final Fast2SmsReplies replies;
    private final Fast2SmsRequest request;
    private final @Nullable Webhook usualWebhook;

    Fast2SmsVoice(Fast2SmsReplies replies, Fast2SmsRequest request, @Nullable Webhook usualWebhook) {
        this.replies = replies;
        this.request = request;
        this.usualWebhook = usualWebhook;
    }

    @Override
    public Refusals refusals() {
        return replies;
    }

    @Override
    public void created(Taken taken) {
        JsonText text = new JsonText().raw("{\"return\":true,\"request_id\":").string(request.requestId());
        text.raw(",").raw(SENT);
        if ("1".equals(request.form().given("sms_details"))) {
            String body = taken.asking().wanted().getFirst().body();
            int sms = Segments.count(body) * taken.fine().size();
            text.raw(",\"sms_details\":{\"character_count\":").raw(body.length());
            text.raw(",\"sms_count\":").raw(sms);
            text.raw(",\"per_sms_rate\":\"0.20\",\"amount_debited\":\"");
            text.raw(sms / 5).raw(".").raw(sms % 5 * 2L).raw("0\"}");
        }
        Replies.json(taken.asking().http(), 200, text.raw("}").toString());
    }

    @Override
    public Problem noneIsFine(Taken taken) {
        return Fast2SmsCodes.problem(411);
    }

    @Override
    public int invalidNumberCode() {
        return 411;
    }

    @Override
    public String withoutId(boolean blank) {
        return "{\"return\":true," + (blank ? "\"request_id\":\"\"," : "") + SENT + "}";
    }

    @Override
    public Status first() {
        return Status.QUEUED;
    }

    @Override
    public @Nullable Receipts receipts(Taken taken) {
        Webhook scripted = taken.asking().scene().fast2smsWebhook();
        Webhook webhook = scripted == null ? usualWebhook : scripted;
        return webhook == null ? null : new Fast2SmsReceipts(webhook, request.requestId(), request.form());
    }
}
