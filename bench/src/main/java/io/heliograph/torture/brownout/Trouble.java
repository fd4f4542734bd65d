package io.heliograph.torture.brownout;

import io.heliograph.simulator.ledger.Provider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a provider suffers from, in the words of the simulator's script. Look-ups and health checks suffer with it. */
public enum Trouble {
    SLOW_503("slow 503s") {
        @Override
        public JsonArray rules(Provider provider) {
            JsonObject latency = new JsonObject().put("min_ms", 300).put("max_ms", 800);
            return failing(provider, "server_error").add(rule(provider).put("latency", latency));
        }
    },
    /** Takes the connection and never answers. */
    BLACK_HOLE("black hole") {
        @Override
        public JsonArray rules(Provider provider) {
            return failing(provider, "silence");
        }
    },
    /** One, and higher than anybody waits. */
    SPIKE("spike of latency") {
        @Override
        public JsonArray rules(Provider provider) {
            return late(provider, new JsonObject().put("fixed_ms", 3_000));
        }
    },
    /** What it answers at all comes too late more often than not. */
    SLOWDOWN("drastic slowdown") {
        @Override
        public JsonArray rules(Provider provider) {
            return late(provider, new JsonObject().put("p50_ms", 1_500).put("p99_ms", 5_000));
        }
    },
    LIMIT("429 with Retry-After") {
        @Override
        public JsonArray limits(Provider provider) {
            return limited(provider, 2);
        }
    },
    LIMIT_WITHOUT_A_WORD("429 without Retry-After") {
        @Override
        public JsonArray limits(Provider provider) {
            return limited(provider, 0);
        }
    };

    /** Much less than what comes. */
    private static final int MESSAGES_PER_SECOND = 30;
    /** Of the calls that fail: nobody can tell these from the others. */
    private static final double TAKEN_ALL_THE_SAME = 0.1;

    private final String word;

    Trouble(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** None, unless said. */
    public JsonArray rules(Provider provider) {
        return new JsonArray();
    }

    /** None, unless said. */
    public JsonArray limits(Provider provider) {
        return new JsonArray();
    }

    /** A provider that is only too fast for itself is up, and says so: its messages wait for it. */
    public boolean isOutage() {
        return this != LIMIT && this != LIMIT_WITHOUT_A_WORD;
    }

    private static JsonArray failing(Provider provider, String kind) {
        return new JsonArray()
                .add(rule(provider)
                        .put("share", TAKEN_ALL_THE_SAME)
                        .put("answer", new JsonObject().put("kind", kind).put("accepts", true)))
                .add(rule(provider)
                        .put("answer", new JsonObject().put("kind", kind).put("accepts", false)));
    }

    private static JsonArray late(Provider provider, JsonObject latency) {
        return new JsonArray().add(rule(provider).put("latency", latency));
    }

    private static JsonObject rule(Provider provider) {
        return new JsonObject().put("provider", provider.word()).put("every_call", true);
    }

    private static JsonArray limited(Provider provider, int retryAfterSeconds) {
        JsonObject limit =
                new JsonObject().put("provider", provider.word()).put("messages_per_second_max", MESSAGES_PER_SECOND);
        return new JsonArray().add(retryAfterSeconds == 0 ? limit : limit.put("retry_after_s", retryAfterSeconds));
    }
}
