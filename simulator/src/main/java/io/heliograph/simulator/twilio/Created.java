package io.heliograph.simulator.twilio;

import io.heliograph.simulator.ledger.Entry;
import io.heliograph.simulator.script.Behaviour;
import io.heliograph.simulator.script.Scene;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * One create with all that was decided about it. The error is what Twilio would find wrong, null when nothing is;
 * concurrent are the creates that were unanswered when it came, itself included.
 */
record Created(
        HttpServerRequest http,
        CreateRequest request,
        Scene scene,
        Behaviour behaviour,
        @Nullable TwilioError error,
        Entry entry,
        int concurrent) {}
