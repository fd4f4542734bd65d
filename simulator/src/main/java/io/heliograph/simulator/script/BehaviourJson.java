package io.heliograph.simulator.script;

import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.ledger.Status;
import io.heliograph.simulator.script.CallbackPlan.Which;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a behaviour other than the answer. */
final class BehaviourJson {
    private static final int MILLIS_MAX = 3_600_000;
    private static final int COPIES_MAX = 100;
    private static final Map<String, Which> WHICH = Map.of("all", Which.ALL, "last", Which.LAST, "none", Which.NONE);
    private static final Map<String, Status> LAST = Map.of(
            "queued", Status.QUEUED,
            "sent", Status.SENT,
            "delivered", Status.DELIVERED,
            "undelivered", Status.UNDELIVERED,
            "rejected", Status.REJECTED,
            "failed", Status.FAILED,
            "read", Status.READ);

    private BehaviourJson() {}

    /** {@code fixed_ms}, or {@code min_ms} and {@code max_ms}, or {@code p50_ms} and {@code p99_ms}. */
    static @Nullable Latency latency(@Nullable Fields fields, @Nullable Latency fallback) {
        if (fields == null) {
            return fallback;
        }
        Latency latency = Latency.NONE;
        if (fields.has("p50_ms") || fields.has("p99_ms")) {
            double p50 = fields.number("p50_ms", 1, 0.01, MILLIS_MAX);
            latency = new Latency.LogNormal(p50, fields.number("p99_ms", p50, p50, MILLIS_MAX));
        } else if (fields.has("min_ms") || fields.has("max_ms")) {
            long min = fields.integer("min_ms", 0, 0, MILLIS_MAX);
            latency = new Latency.Uniform(min, fields.integer("max_ms", min, min, MILLIS_MAX));
        } else if (fields.has("fixed_ms")) {
            latency = new Latency.Fixed(fields.integer("fixed_ms", 0, 0, MILLIS_MAX));
        } else {
            fields.mistake("fixed_ms", "is missing; or say min_ms and max_ms, or p50_ms and p99_ms");
        }
        fields.end();
        return latency;
    }

    /** The provider is the one whose rule it is, null for all of them. */
    static @Nullable Outcome outcome(@Nullable Fields fields, @Nullable Provider provider) {
        if (fields == null) {
            return null;
        }
        Status last = fields.choice("status", Status.DELIVERED, LAST);
        long errorCode = fields.integer("error_code", 0, 1, 99_999);
        boolean fails = last == Status.FAILED || last == Status.UNDELIVERED;
        if (fails && errorCode == 0 && (provider == null || provider == Provider.TWILIO)) {
            fields.mistake("error_code", "is missing, and Twilio gives one with " + last.word());
        }
        if (!fails && last != Status.REJECTED && errorCode != 0) {
            fields.mistake("error_code", "cannot stand beside a status other than failed, undelivered and rejected");
        }
        fields.end();
        return new Outcome(last, errorCode == 0 ? null : (int) errorCode);
    }

    static @Nullable CallbackPlan callbacks(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        CallbackPlan normal = CallbackPlan.NORMAL;
        Latency delay = latency(fields.object("delay"), normal.delay());
        CallbackPlan plan = new CallbackPlan(
                fields.choice("which", normal.which(), WHICH),
                fields.flag("sending", false),
                fields.flag("reversed", false),
                fields.flag("early", false),
                (int) fields.integer("copies", 1, 1, COPIES_MAX),
                fields.flag("wrong_signature", false),
                Map.copyOf(fields.texts("extra")),
                delay == null ? normal.delay() : delay);
        fields.end();
        return plan;
    }
}
