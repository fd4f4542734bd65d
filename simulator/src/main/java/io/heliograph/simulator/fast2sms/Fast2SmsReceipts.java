package io.heliograph.simulator.fast2sms;

import io.heliograph.simulator.callbacks.CallbackUrl;
import io.heliograph.simulator.callbacks.Dialect;
import io.heliograph.simulator.callbacks.Letter;
import io.heliograph.simulator.callbacks.Receipts;
import io.heliograph.simulator.http.Form;
import io.heliograph.simulator.http.Parameters;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.Status;
import io.heliograph.simulator.script.CallbackPlan;
import io.heliograph.simulator.script.Webhook;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Delivery reports as the webhook on the dashboard is set up: of the end only. Nothing signs them. */
final class Fast2SmsReceipts implements Receipts {
    private static final Dialect DIALECT = Dialect.unsigned("Fast2SMS");
    private static final int NATIONAL_DIGITS = 10;
    private static final List<String> ECHOED = List.of("udf1", "udf2", "udf3");

    private final Webhook webhook;
    private final CallbackUrl url;
    private final String requestId;
    private final Form request;

    Fast2SmsReceipts(Webhook webhook, String requestId, Form request) {
        this.webhook = webhook;
        this.url = CallbackUrl.parse(webhook.url());
        this.requestId = requestId;
        this.request = request;
    }

    @Override
    public boolean tells(Status status, Status last) {
        return status.isFinal();
    }

    @Override
    public Letter letter(Message message, Status status, CallbackPlan plan) {
        CallbackUrl to = plan.wronglySigned() ? url.withWrongSecret() : url;
        HttpMethod method = HttpMethod.valueOf(webhook.method());
        JsonObject report = report(message, status);
        plan.extraParameters().forEach(report::put);
        if (webhook.shape() == Webhook.Shape.REPORTS) {
            return Letter.json(DIALECT, to, reports(report).encode()).by(method);
        }
        report.put("request_id", requestId);
        if (HttpMethod.GET.equals(method)) {
            return Letter.query(DIALECT, to, parameters(report));
        }
        return (webhook.form()
                        ? Letter.form(DIALECT, to, parameters(report))
                        : Letter.json(DIALECT, to, report.encode()))
                .by(method);
    }

    /** Under the request's id, by number. */
    private JsonObject reports(JsonObject report) {
        JsonObject ofRequest = new JsonObject().put("request_id", requestId);
        echo(ofRequest);
        return new JsonObject()
                .put("sms_reports", new JsonArray().add(ofRequest.put("delivery_status", new JsonArray().add(report))));
    }

    private JsonObject report(Message message, Status status) {
        boolean delivered = status == Status.DELIVERED || status == Status.READ;
        Message.State state = message.state();
        String number = message.content().to();
        JsonObject report = new JsonObject()
                .put("mobile", number.substring(number.length() - NATIONAL_DIGITS))
                .put("status", delivered ? "Delivered" : status == Status.REJECTED ? "Rejected" : "Failed")
                .put("status_description", delivered ? "Delivered" : "Not delivered")
                .put("delivery_timestamp", state.updatedAt() / 1_000)
                .put("sms_count", state.segments())
                .put("amount_debited", "0.20");
        if (!delivered) {
            report.put("failure_reason", state.errorCode() == null ? "UNKNOWN" : "ERROR_" + state.errorCode());
        }
        echo(report);
        return report;
    }

    private void echo(JsonObject into) {
        for (String name : ECHOED) {
            String value = request.given(name);
            if (value != null) {
                into.put(name, value);
            }
        }
    }

    private static Parameters parameters(JsonObject report) {
        Parameters parameters = new Parameters();
        report.forEach(field -> parameters.put(field.getKey(), String.valueOf(field.getValue())));
        return parameters;
    }
}
