package io.heliograph.simulator.push;

import io.heliograph.simulator.callbacks.Receipts;
import io.heliograph.simulator.calls.Problem;
import io.heliograph.simulator.calls.Refusals;
import io.heliograph.simulator.calls.Taken;
import io.heliograph.simulator.calls.Voice;
import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.ledger.Entry;
import io.heliograph.simulator.ledger.Status;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** 201, and where the message is; nothing more is ever heard of it. */
record PushVoice(PushReplies replies) implements Voice {
    static final String MESSAGES = "/push-message/";

    @Override
    public Refusals refusals() {
        return replies;
    }

    @Override
    public void created(Taken taken) {
        HttpServerRequest http = taken.asking().http();
        Entry only = taken.entries().getFirst();
        http.response().putHeader(HttpHeaders.LOCATION, PushRoutes.origin(http) + MESSAGES + only.sequence());
        Replies.empty(http, replies.success());
    }

    @Override
    public Problem noneIsFine(Taken taken) {
        return PushReplies.problem(410, "The subscription has ended");
    }

    @Override
    public int invalidNumberCode() {
        return 410;
    }

    @Override
    public String withoutId(boolean blank) {
        return "{}";
    }

    @Override
    public Status first() {
        return Status.QUEUED;
    }

    @Override
    public @Nullable Receipts receipts(Taken taken) {
        return null;
    }
}
