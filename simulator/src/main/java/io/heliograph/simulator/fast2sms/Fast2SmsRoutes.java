package io.heliograph.simulator.fast2sms;

import io.heliograph.simulator.calls.Asking;
import io.heliograph.simulator.calls.OtherCalls;
import io.heliograph.simulator.calls.Problem;
import io.heliograph.simulator.calls.Reference;
import io.heliograph.simulator.calls.TakeCall;
import io.heliograph.simulator.http.Bodies;
import io.heliograph.simulator.http.Form;
import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.ledger.Ledger;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.ledger.ProviderCall;
import io.heliograph.simulator.script.Stage;
import io.heliograph.simulator.script.Webhook;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The paths of Fast2SMS: sending, and the wallet. */
public final class Fast2SmsRoutes {
    public static final String PREFIX = "/dev/";

    private static final String GET = "GET";

    private final Stage stage;
    private final String key;
    private final @Nullable Webhook usualWebhook;
    private final TakeCall take;
    private final OtherCalls others;
    private final Fast2SmsReplies replies = new Fast2SmsReplies();

    /** The webhook is where reports go when neither the script nor the control API says otherwise. */
    public Fast2SmsRoutes(Stage stage, String key, @Nullable Webhook usualWebhook, TakeCall take, OtherCalls others) {
        this.stage = stage;
        this.key = key;
        this.usualWebhook = usualWebhook;
        this.take = take;
        this.others = others;
    }

    public void handle(HttpServerRequest http) {
        switch (http.path()) {
            case "/dev/bulkV2" -> read(http, form -> send(http, form));
            case "/dev/wallet" ->
                others.take(
                        http, stage.scene(), Provider.FAST2SMS, replies, () -> read(http, form -> wallet(http, form)));
            default -> replies.refuse(http, new Problem(404, 0, "Not Found"));
        }
    }

    private interface FormHandler {
        void handle(@Nullable Form form);
    }

    /** A GET has everything in its query. */
    private void read(HttpServerRequest http, FormHandler handler) {
        if (http.method().name().equals(GET)) {
            handler.handle(Form.parse(http.query()));
        } else {
            Bodies.read(
                    http,
                    (Buffer body) -> handler.handle(Form.ofBody(http, body)),
                    () -> replies.refuse(http, new Problem(413, 0, "Request Entity Too Large")));
        }
    }

    private void send(HttpServerRequest http, @Nullable Form given) {
        Form form = given == null ? Form.of() : given;
        Ledger ledger = stage.scene().ledger();
        Fast2SmsRequest request = Fast2SmsRequest.read(form, ledger.ids().word(ledger.nextSequence()));
        Problem problem = admits(http, form) ? Fast2SmsRules.check(request) : Fast2SmsCodes.problem(412);
        ProviderCall call = request.call();
        String identity = Reference.identity(call.reference(), request.wanted().size());
        Asking asking = new Asking(http, stage.scene(), call, identity, request.wanted(), false, problem);
        take.take(asking, new Fast2SmsVoice(replies, request, usualWebhook));
    }

    private void wallet(HttpServerRequest http, @Nullable Form form) {
        if (admits(http, form == null ? Form.of() : form)) {
            Replies.json(http, 200, "{\"return\":true,\"wallet\":\"1000.00\",\"sms_count\":5000}");
        } else {
            replies.refuse(http, Fast2SmsCodes.problem(412));
        }
    }

    private boolean admits(HttpServerRequest http, Form form) {
        String header = http.getHeader(HttpHeaders.AUTHORIZATION);
        return key.equals(header == null ? form.get("authorization") : header);
    }
}
