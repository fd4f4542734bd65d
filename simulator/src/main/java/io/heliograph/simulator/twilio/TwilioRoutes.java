package io.heliograph.simulator.twilio;

import io.heliograph.simulator.calls.OtherCalls;
import io.heliograph.simulator.http.Account;
import io.heliograph.simulator.http.Bodies;
import io.heliograph.simulator.http.Form;
import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.ledger.Ledger;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.script.Scene;
import io.heliograph.simulator.script.Stage;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The paths of the Messages API, matched by hand because creates come by the thousand a second. */
public final class TwilioRoutes {
    public static final String PREFIX = "/2010-04-01/";

    private static final String JSON = ".json";

    private final Stage stage;
    private final Account account;
    private final CreateMessage create;
    private final ListMessages list;
    private final ChangeMessage change;
    private final MediaOfMessage media;
    private final OtherCalls others;
    private final TwilioRefusals refusals = new TwilioRefusals();
    private final String accountUri;
    private final String messages;

    TwilioRoutes(
            Stage stage,
            Account account,
            OtherCalls others,
            CreateMessage create,
            ListMessages list,
            ChangeMessage change,
            MediaOfMessage media) {
        this.stage = stage;
        this.account = account;
        this.create = create;
        this.list = list;
        this.change = change;
        this.media = media;
        this.others = others;
        this.accountUri = PREFIX + "Accounts/" + account.sid();
        this.messages = accountUri + "/Messages";
    }

    /** The newest messages to a recipient as Twilio lists them, without asking for credentials: for the control API. */
    public void listTo(HttpServerRequest http, Ledger ledger, String to) {
        list.handle(http, ledger, Form.of("To", to, "PageSize", "1000"));
    }

    public void handle(HttpServerRequest http) {
        String path = http.path();
        String rest = path.startsWith(messages) ? path.substring(messages.length()) : "";
        TwilioError denial = rest.isEmpty() ? notFoundOrDenied(http, path) : denial(http);
        if (path.endsWith("/Messages.json") && http.method().name().equals("POST")) {
            read(http, form -> create.handle(http, CreateRequest.read(form), stage.scene(), denial));
        } else {
            others.take(http, stage.scene(), Provider.TWILIO, refusals, () -> other(http, rest, denial));
        }
    }

    private void other(HttpServerRequest http, String rest, @Nullable TwilioError denial) {
        if (denial != null) {
            TwilioReplies.error(http, denial);
        } else if (rest.equals(JSON)) {
            whenMethod(http, "GET", () -> list.handle(http, stage.scene().ledger(), Form.parse(http.query())));
        } else if (rest.startsWith("/") && rest.endsWith(JSON)) {
            one(http, rest.substring(1, rest.length() - JSON.length()).split("/", -1));
        } else if (http.path().equals(accountUri + JSON)) {
            whenMethod(http, "GET", () -> Replies.json(http, 200, AccountJson.of(account.sid(), accountUri)));
        } else {
            TwilioReplies.notFound(http);
        }
    }

    private void one(HttpServerRequest http, String[] path) {
        Scene scene = stage.scene();
        Ledger ledger = scene.ledger();
        Message message = ledger.find(path[0]);
        String resource = path.length == 1 ? "" : path[1];
        if (message == null || path.length > 3) {
            TwilioReplies.notFound(http);
        } else if (path.length == 1) {
            message(http, scene, message);
        } else if (resource.equals("Media") && path.length == 2) {
            whenMethod(http, "GET", () -> media.list(http, ledger, message));
        } else if (resource.equals("Media")) {
            media.one(http, ledger, message, path[2]);
        } else if (resource.equals("Feedback") && path.length == 2) {
            whenMethod(http, "POST", () -> read(http, form -> change.feedback(http, ledger, message, form)));
        } else {
            TwilioReplies.notFound(http);
        }
    }

    private void message(HttpServerRequest http, Scene scene, Message message) {
        switch (http.method().name()) {
            case "GET" -> change.fetch(http, scene.ledger(), message);
            case "POST" -> read(http, form -> change.update(http, scene, message, form));
            case "DELETE" -> change.delete(http, message);
            default -> TwilioReplies.error(http, TwilioError.of(20004));
        }
    }

    private static void whenMethod(HttpServerRequest http, String method, Runnable handle) {
        if (http.method().name().equals(method)) {
            handle.run();
        } else {
            TwilioReplies.error(http, TwilioError.of(20004));
        }
    }

    private interface FormHandler {
        void handle(Form form);
    }

    private static void read(HttpServerRequest http, FormHandler handler) {
        Bodies.read(http, body -> handler.handle(Form.parse(body)), () -> TwilioReplies.tooLarge(http));
    }

    private @Nullable TwilioError notFoundOrDenied(HttpServerRequest http, String path) {
        TwilioError denial = denial(http);
        return denial == null && !path.equals(accountUri + JSON) ? TwilioError.notFound(path) : denial;
    }

    private @Nullable TwilioError denial(HttpServerRequest http) {
        String authorization = http.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            return TwilioError.NO_CREDENTIALS;
        }
        return account.admits(authorization) ? null : TwilioError.WRONG_CREDENTIALS;
    }
}
