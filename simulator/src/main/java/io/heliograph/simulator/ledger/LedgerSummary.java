package io.heliograph.simulator.ledger;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ledger in a few numbers. A call can ask for many messages; received, accepted and answers count messages. A
 * message is told by the {@code m} of its status callback's URL or, without one, by recipient and body. The providers
 * stand under their names.
 */
public record LedgerSummary(
        long calls,
        long received,
        long accepted,
        long recipients,
        long recipientsAcceptedMoreThanOnce,
        long recipientsAcceptedBySeveral,
        long messages,
        long messagesAcceptedMoreThanOnce,
        long messagesAcceptedBySeveral,
        long underWay,
        Callbacks callbacks,
        Map<String, Long> answers,
        Map<String, AtProvider> providers) {
    /** As {@link CallbackCounts} has them. */
    public record Callbacks(long sent, long answered2xx, long refused, long failed, long dropped, long open) {
        JsonObject toJson() {
            return new JsonObject()
                    .put("sent", sent)
                    .put("answered_2xx", answered2xx)
                    .put("refused", refused)
                    .put("failed", failed)
                    .put("dropped", dropped)
                    .put("open", open);
        }

        static Callbacks fromJson(JsonObject json) {
            return new Callbacks(
                    json.getLong("sent"),
                    json.getLong("answered_2xx"),
                    json.getLong("refused"),
                    json.getLong("failed"),
                    json.getLong("dropped"),
                    json.getLong("open"));
        }
    }

    /** One provider's part; more than once means by this provider. Other calls ask for no message: look-ups, health. */
    public record AtProvider(
            long calls,
            long otherCalls,
            long received,
            long accepted,
            long recipientsAcceptedMoreThanOnce,
            long messagesAcceptedMoreThanOnce,
            Map<String, Long> answers) {
        static final AtProvider NOTHING = new AtProvider(0, 0, 0, 0, 0, 0, Map.of());

        JsonObject toJson() {
            return new JsonObject()
                    .put("calls", calls)
                    .put("other_calls", otherCalls)
                    .put("received", received)
                    .put("accepted", accepted)
                    .put("recipients_accepted_more_than_once", recipientsAcceptedMoreThanOnce)
                    .put("messages_accepted_more_than_once", messagesAcceptedMoreThanOnce)
                    .put("answers", counts(answers));
        }

        static AtProvider fromJson(JsonObject json) {
            return new AtProvider(
                    json.getLong("calls"),
                    json.getLong("other_calls"),
                    json.getLong("received"),
                    json.getLong("accepted"),
                    json.getLong("recipients_accepted_more_than_once"),
                    json.getLong("messages_accepted_more_than_once"),
                    counts(json.getJsonObject("answers")));
        }
    }

    public AtProvider at(Provider provider) {
        return providers.getOrDefault(provider.word(), AtProvider.NOTHING);
    }

    public JsonObject toJson() {
        JsonObject byProvider = new JsonObject();
        new TreeMap<>(providers).forEach((name, at) -> byProvider.put(name, at.toJson()));
        return new JsonObject()
                .put("calls", calls)
                .put("received", received)
                .put("accepted", accepted)
                .put("recipients", recipients)
                .put("recipients_accepted_more_than_once", recipientsAcceptedMoreThanOnce)
                .put("recipients_accepted_by_several", recipientsAcceptedBySeveral)
                .put("messages", messages)
                .put("messages_accepted_more_than_once", messagesAcceptedMoreThanOnce)
                .put("messages_accepted_by_several", messagesAcceptedBySeveral)
                .put("under_way", underWay)
                .put("callbacks", callbacks.toJson())
                .put("answers", counts(answers))
                .put("providers", byProvider);
    }

    public static LedgerSummary fromJson(JsonObject json) {
        Map<String, AtProvider> providers = new TreeMap<>();
        JsonObject byProvider = json.getJsonObject("providers");
        byProvider
                .fieldNames()
                .forEach(name -> providers.put(name, AtProvider.fromJson(byProvider.getJsonObject(name))));
        return new LedgerSummary(
                json.getLong("calls"),
                json.getLong("received"),
                json.getLong("accepted"),
                json.getLong("recipients"),
                json.getLong("recipients_accepted_more_than_once"),
                json.getLong("recipients_accepted_by_several"),
                json.getLong("messages"),
                json.getLong("messages_accepted_more_than_once"),
                json.getLong("messages_accepted_by_several"),
                json.getLong("under_way"),
                Callbacks.fromJson(json.getJsonObject("callbacks")),
                counts(json.getJsonObject("answers")),
                Map.copyOf(providers));
    }

    private static JsonObject counts(Map<String, Long> counts) {
        JsonObject json = new JsonObject();
        new TreeMap<>(counts).forEach(json::put);
        return json;
    }

    private static Map<String, Long> counts(JsonObject json) {
        Map<String, Long> counts = new TreeMap<>();
        json.fieldNames().forEach(name -> counts.put(name, json.getLong(name)));
        return Map.copyOf(counts);
    }
}
