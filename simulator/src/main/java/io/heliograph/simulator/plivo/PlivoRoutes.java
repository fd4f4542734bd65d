package io.heliograph.simulator.plivo;

import io.heliograph.simulator.calls.Asking;
import io.heliograph.simulator.calls.OtherCalls;
import io.heliograph.simulator.calls.Problem;
import io.heliograph.simulator.calls.TakeCall;
import io.heliograph.simulator.http.Bodies;
import io.heliograph.simulator.http.Form;
import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.script.Scene;
import io.heliograph.simulator.script.Stage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The paths of the Message API, and of the account. A slash at their end may be left out. */
public final class PlivoRoutes {
    public static final String PREFIX = "/v1/Account/";

    private final Stage stage;
    private final PlivoAccount account;
    private final TakeCall take;
    private final OtherCalls others;
    private final PlivoReplies replies;
    private final PlivoMessageJson json;
    private final ListPlivoMessages list;

    PlivoRoutes(Stage stage, PlivoAccount account, TakeCall take, OtherCalls others, PlivoReplies replies) {
        this.stage = stage;
        this.account = account;
        this.take = take;
        this.others = others;
        this.replies = replies;
        this.json = new PlivoMessageJson(account.messages());
        this.list = new ListPlivoMessages(replies, json, account.messages());
    }

    public void handle(HttpServerRequest http) {
        String path = http.path().endsWith("/") ? http.path() : http.path() + '/';
        boolean post = http.method().name().equals("POST");
        if (post && path.endsWith("/Message/")) {
            Problem denial = denial(http, path);
            Bodies.read(http, body -> create(http, body, denial), () -> replies.refuse(http, PlivoReplies.TOO_LARGE));
        } else {
            others.take(http, stage.scene(), Provider.PLIVO, replies, () -> other(http, path));
        }
    }

    private void create(HttpServerRequest http, Buffer body, @Nullable Problem denial) {
        Form form = Form.ofBody(http, body);
        PlivoRequest request = PlivoRequest.read(form == null ? Form.of() : form);
        Problem problem = denial;
        if (problem == null) {
            problem = form == null ? PlivoReplies.NO_JSON : PlivoRules.check(request);
        }
        Scene scene = stage.scene();
        Asking asking = new Asking(http, scene, request.call(), request.identity(), request.wanted(), false, problem);
        take.take(asking, new PlivoVoice(replies, request, account.dialect()));
    }

    private void other(HttpServerRequest http, String path) {
        Problem denial = denial(http, path);
        Scene scene = stage.scene();
        if (denial != null) {
            replies.refuse(http, denial);
        } else if (!http.method().name().equals("GET")) {
            replies.refuse(http, PlivoReplies.WRONG_METHOD);
        } else if (path.equals(account.path())) {
            Replies.json(http, 200, account.write(replies.begin()));
        } else if (path.equals(account.messages())) {
            list.handle(http, scene.ledger(), Form.parse(http.query()));
        } else {
            one(http, scene, path.substring(0, path.length() - 1));
        }
    }

    private void one(HttpServerRequest http, Scene scene, String path) {
        String uuid = path.startsWith(account.messages())
                ? path.substring(account.messages().length())
                : "";
        Message message = scene.ledger().findByUuid(Provider.PLIVO, uuid);
        if (message == null) {
            replies.refuse(http, PlivoReplies.NOT_FOUND);
        } else {
            String body =
                    json.write(replies.begin().raw(","), uuid, message).raw("}").toString();
            Replies.json(http, 200, body);
        }
    }

    private @Nullable Problem denial(HttpServerRequest http, String path) {
        if (!account.admits(http.getHeader(HttpHeaders.AUTHORIZATION))) {
            return PlivoReplies.DENIED;
        }
        return path.startsWith(account.path()) ? null : PlivoReplies.NOT_FOUND;
    }
}
