package io.heliograph.simulator.ledger;

import io.heliograph.simulator.ledger.Arrivals.Seen;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fast calls and messages arrived at one provider, or for one sender of it. The peaks are the most in any one
 * second, wherever it begins, exact to the millisecond, and in any 980 ms, which forgives 20 ms of jitter between two calls; the times are null when no message was asked for. Other calls
 * ask for none, and are nobody's in particular: they stand with the provider alone.
 */
public record Rates(
        String provider,
        @Nullable String sender,
        long calls,
        long received,
        long accepted,
        int peakCallsPerSecond,
        int peakPerSecond,
        int peakPer980Millis,
        long otherCalls,
        int peakOtherCallsPerSecond,
        @Nullable Instant firstAt,
        @Nullable Instant lastAt) {

    static Rates of(Provider provider, @Nullable String sender, Seen seen, Seen others) {
        return new Rates(
                provider.word(),
                sender,
                seen.calls(),
                seen.received(),
                seen.accepted(),
                seen.peakCallsPerSecond(),
                seen.peakPerSecond(),
                seen.peakPer980Millis(),
                others.calls(),
                others.peakCallsPerSecond(),
                seen.calls() == 0 ? null : Instant.ofEpochMilli(seen.firstAt()),
                seen.calls() == 0 ? null : Instant.ofEpochMilli(seen.lastAt()));
    }

    public static Rates none(Provider provider) {
        return of(provider, null, Seen.NOTHING, Seen.NOTHING);
    }

    /** Each provider that was called, and after it each of its senders. */
    public static JsonArray toJson(List<Rates> rates) {
        JsonArray array = new JsonArray();
        rates.stream()
                .sorted(Comparator.comparing(Rates::provider)
                        .thenComparing(line -> line.sender == null ? "" : ' ' + line.sender))
                .forEach(line -> array.add(line.toJson()));
        return array;
    }

    public static List<Rates> fromJson(JsonArray array) {
        List<Rates> rates = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            rates.add(fromJson(array.getJsonObject(i)));
        }
        return rates;
    }

    private JsonObject toJson() {
        return new JsonObject()
                .put("provider", provider)
                .put("sender", sender)
                .put("calls", calls)
                .put("received", received)
                .put("accepted", accepted)
                .put("peak_calls_per_second", peakCallsPerSecond)
                .put("peak_per_second", peakPerSecond)
                .put("peak_per_980_ms", peakPer980Millis)
                .put("other_calls", otherCalls)
                .put("peak_other_calls_per_second", peakOtherCallsPerSecond)
                .put("first_at", firstAt == null ? null : firstAt.toString())
                .put("last_at", lastAt == null ? null : lastAt.toString());
    }

    private static Rates fromJson(JsonObject json) {
        return new Rates(
                json.getString("provider"),
                json.getString("sender"),
                json.getLong("calls"),
                json.getLong("received"),
                json.getLong("accepted"),
                json.getInteger("peak_calls_per_second"),
                json.getInteger("peak_per_second"),
                json.getInteger("peak_per_980_ms"),
                json.getLong("other_calls"),
                json.getInteger("peak_other_calls_per_second"),
                instant(json.getString("first_at")),
                instant(json.getString("last_at")));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
