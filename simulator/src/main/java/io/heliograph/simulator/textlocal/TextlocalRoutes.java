package io.heliograph.simulator.textlocal;

import io.heliograph.simulator.calls.Asking;
import io.heliograph.simulator.calls.OtherCalls;
import io.heliograph.simulator.calls.Problem;
import io.heliograph.simulator.calls.Reference;
import io.heliograph.simulator.calls.TakeCall;
import io.heliograph.simulator.http.Bodies;
import io.heliograph.simulator.http.Form;
import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.ledger.ProviderCall;
import io.heliograph.simulator.script.Scene;
import io.heliograph.simulator.script.Stage;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The paths of Textlocal: sending one text or many, the status of a message, and the balance. A slash at their end may be left out. */
public final class TextlocalRoutes {
    private static final Set<String> PATHS = Set.of("/send", "/bulk_json", "/balance", "/status_message");

    private final Stage stage;
    private final String key;
    private final TakeCall take;
    private final OtherCalls others;
    private final InstantSource clock;
    private final TextlocalReplies replies = new TextlocalReplies();

    public TextlocalRoutes(Stage stage, String key, TakeCall take, OtherCalls others, InstantSource clock) {
        this.stage = stage;
        this.key = key;
        this.take = take;
        this.others = others;
        this.clock = clock;
    }

    public static boolean isFor(String path) {
        return PATHS.contains(withoutSlash(path));
    }

    public void handle(HttpServerRequest http) {
        switch (withoutSlash(http.path())) {
            case "/send" -> read(http, form -> send(http, form, TextlocalRequest.send(form)));
            case "/bulk_json" -> read(http, form -> send(http, form, TextlocalRequest.bulk(form)));
            case "/status_message" -> other(http, form -> status(http, form));
            default -> other(http, form -> balance(http, form));
        }
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private void other(HttpServerRequest http, FormHandler handler) {
        others.take(http, stage.scene(), Provider.TEXTLOCAL, replies, () -> read(http, handler));
    }

    private interface FormHandler {
        void handle(Form form);
    }

    /** A GET has everything in its query. */
    private void read(HttpServerRequest http, FormHandler handler) {
        if (http.method().name().equals("GET")) {
            handler.handle(Form.parse(http.query()));
        } else {
            Bodies.read(
                    http,
                    body -> handler.handle(Form.parse(body)),
                    () -> replies.refuse(http, new Problem(413, 0, "Request entity too large")));
        }
    }

    private void send(HttpServerRequest http, Form form, TextlocalRequest request) {
        Scene scene = stage.scene();
        Problem problem = admits(form) ? TextlocalRules.check(request, clock.millis()) : TextlocalReplies.problem(3);
        ProviderCall call = request.call();
        @Nullable
        String identity = Reference.identity(call.reference(), request.wanted().size());
        Asking asking = new Asking(http, scene, call, identity, request.wanted(), request.isTest(), problem);
        take.take(asking, new TextlocalVoice(replies, request));
    }

    private void balance(HttpServerRequest http, Form form) {
        if (!admits(form)) {
            replies.refuse(http, TextlocalReplies.problem(3));
            return;
        }
        Scene scene = stage.scene();
        long credits = TextlocalJson.balance(scene.ledger().accepted(Provider.TEXTLOCAL));
        String fraction = scene.script().textlocalFractions() ? ".0" : "";
        Replies.json(http, 200, "{\"balance\":{\"sms\":" + credits + fraction + ",\"mms\":0},\"status\":\"success\"}");
    }

    /** Which code it has for a message that it does not know is not documented. */
    private void status(HttpServerRequest http, Form form) {
        if (!admits(form)) {
            replies.refuse(http, TextlocalReplies.problem(3));
            return;
        }
        String id = form.given("message_id");
        Message message = id == null ? null : stage.scene().ledger().findByNumber(Provider.TEXTLOCAL, id);
        if (message == null) {
            replies.refuse(http, new Problem(200, TextlocalReplies.NO_SUCH_MESSAGE, "Invalid message ID"));
        } else {
            Replies.json(http, 200, TextlocalJson.status(Objects.requireNonNull(id), message));
        }
    }

    private boolean admits(Form form) {
        String given = form.given("apikey");
        return key.equals(given == null ? form.given("apiKey") : given);
    }
}
