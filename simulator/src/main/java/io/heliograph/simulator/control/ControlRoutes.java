package io.heliograph.simulator.control;

import io.heliograph.simulator.http.Bodies;
import io.heliograph.simulator.http.Form;
import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.ledger.Ledger;
import io.heliograph.simulator.push.Browsers;
import io.heliograph.simulator.push.PushRoutes;
import io.heliograph.simulator.script.Fields;
import io.heliograph.simulator.script.Mistake;
import io.heliograph.simulator.script.ScriptJson;
import io.heliograph.simulator.script.Stage;
import io.heliograph.simulator.script.Webhook;
import io.heliograph.simulator.script.WebhookJson;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The paths of the control API. */
public final class ControlRoutes {
    public static final String PREFIX = "/control/";

    /** Lists what was sent to a recipient. */
    public interface MessagesTo {
        void list(HttpServerRequest http, Ledger ledger, String to);
    }

    private final Vertx vertx;
    private final Stage stage;
    private final InjectInbound injectInbound;
    private final MessagesTo messages;
    private final ResetStage reset;
    private final Browsers browsers;
    private final InstantSource clock;

    /** The messages are answered in Twilio's JSON by whoever speaks that. */
    public ControlRoutes(
            Vertx vertx,
            Stage stage,
            InjectInbound injectInbound,
            MessagesTo messages,
            Browsers browsers,
            InstantSource clock) {
        this.browsers = browsers;
        this.clock = clock;
        this.vertx = vertx;
        this.stage = stage;
        this.injectInbound = injectInbound;
        this.messages = messages;
        this.reset = new ResetStage(vertx, stage);
    }

    public void handle(HttpServerRequest http) {
        switch (http.method().name() + ' ' + http.path()) {
            case "GET /control/health" -> json(http, 200, new JsonObject().put("status", "up"));
            case "POST /control/reset" -> reset.handle(http);
            case "POST /control/script" -> read(http, body -> play(http, body));
            case "DELETE /control/script" -> play(http, new JsonObject());
            case "GET /control/ledger" -> show(http, LedgerView::show);
            case "GET /control/ledger/summary" ->
                json(http, 200, stage.scene().ledger().summary().toJson());
            case "GET /control/ledger/rates" -> show(http, RatesView::rates);
            case "GET /control/ledger/arrivals" -> show(http, RatesView::arrivals);
            case "POST /control/fast2sms-webhook" -> read(http, body -> setUpWebhook(http, body));
            case "GET /control/messages" -> messages(http);
            case "GET /control/inbound" -> json(http, 200, injectInbound.show());
            case "POST /control/inbound" -> read(http, body -> injectInbound.handle(http, stage.scene(), body));
            case "POST /control/push-subscriptions" -> json(http, 201, browsers.subscribe(PushRoutes.origin(http)));
            case "POST /control/opt-outs" -> read(http, body -> optOut(http, body));
            default -> json(http, 404, new JsonObject().put("error", "There is no such path under /control/"));
        }
    }

    static void json(HttpServerRequest http, int status, JsonObject body) {
        Replies.json(http, status, body.encode());
    }

    static void mistaken(HttpServerRequest http, List<Mistake> mistakes) {
        JsonArray errors = new JsonArray();
        mistakes.forEach(mistake ->
                errors.add(new JsonObject().put("pointer", mistake.pointer()).put("message", mistake.what())));
        json(http, 400, new JsonObject().put("errors", errors));
    }

    private void play(HttpServerRequest http, JsonObject body) {
        switch (ScriptJson.read(body, clock.millis())) {
            case ScriptJson.Reading.Read read -> {
                stage.scene().play(read.script());
                Replies.empty(http, 204);
            }
            case ScriptJson.Reading.Mistaken mistaken -> mistaken(http, mistaken.mistakes());
        }
    }

    private void messages(HttpServerRequest http) {
        String to = Form.parse(http.query()).get("to");
        messages.list(http, stage.scene().ledger(), to == null ? "" : to);
    }

    private void optOut(HttpServerRequest http, JsonObject body) {
        List<Mistake> mistakes = new ArrayList<>();
        Fields fields = new Fields(body, "", mistakes);
        String person = fields.text("person");
        String sender = fields.text("sender");
        fields.end();
        if (person == null || sender == null || !mistakes.isEmpty()) {
            mistakes.add(new Mistake("", "wants the texts \"person\" and \"sender\""));
            mistaken(http, mistakes);
        } else {
            stage.scene().optOuts().add(person, sender);
            Replies.empty(http, 204);
        }
    }

    private void setUpWebhook(HttpServerRequest http, JsonObject body) {
        List<Mistake> mistakes = new ArrayList<>();
        Webhook webhook = WebhookJson.read(new Fields(body, "", mistakes));
        if (webhook == null || !mistakes.isEmpty()) {
            mistaken(http, mistakes);
        } else {
            stage.scene().setUpFast2smsWebhook(webhook);
            Replies.empty(http, 204);
        }
    }

    /** Walks all counts, so it is no work for an event loop. */
    private void show(HttpServerRequest http, BiFunction<Ledger, Form, JsonObject> view) {
        Ledger ledger = stage.scene().ledger();
        Form query = Form.parse(http.query());
        vertx.executeBlocking(() -> view.apply(ledger, query).encode(), false)
                .onComplete(
                        body -> Replies.json(http, 200, body),
                        failure -> json(http, 500, new JsonObject().put("error", "The ledger cannot be shown")));
    }

    private static void read(HttpServerRequest http, Consumer<JsonObject> handler) {
        Bodies.read(
                http,
                body -> {
                    JsonObject json = parse(body);
                    if (json == null) {
                        mistaken(http, List.of(new Mistake("", "wants a JSON object")));
                    } else {
                        handler.accept(json);
                    }
                },
                () -> json(http, 413, new JsonObject().put("error", "The body is larger than 1 MiB")));
    }

    private static @Nullable JsonObject parse(Buffer body) {
        try {
            return body.toJsonObject();
        } catch (DecodeException | ClassCastException e) {
            return null;
        }
    }
}
