package io.heliograph.standalone.commands;

import io.heliograph.runtime.CommandLine;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./heliograph replay}: sends dead letters anew through the gateway that runs, call by call, until all were looked at. May be
 * stopped and started again at any time: none is sent anew twice.
 */
@SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
public final class ReplayDeadLetters {
    private static final int CALL_MAX = 1_000;
    private static final int RATE_DEFAULT = 10;
    private static final int REPETITIONS_MAX = 10;
    private static final long PAUSE_NANOS = Duration.ofSeconds(2).toNanos();

    private final GatewayClient gateway;
    private final ReplayArguments asked;
    private int replayed;
    private int leftOut;
    private int refused;
    private int lookedAt;
    private @Nullable OffsetDateTime nextSendAt;

    private ReplayDeadLetters(GatewayClient gateway, ReplayArguments asked) {
        this.gateway = gateway;
        this.asked = asked;
    }

    public static void main(String[] arguments) throws InterruptedException {
        if (CommandLine.asksForHelp(List.of(arguments))) {
            System.out.println(ReplayArguments.USAGE);
            return;
        }
        Clock clock = Clock.systemUTC();
        try {
            ReplayArguments asked = ReplayArguments.parse(List.of(arguments), clock.instant());
            new ReplayDeadLetters(GatewayClient.fromEnvironment(), asked).run(clock);
        } catch (IllegalArgumentException e) {
            fail(2, e.getMessage() + "\n\n" + ReplayArguments.USAGE);
        } catch (IOException | GatewayClient.RefusedException e) {
            fail(1, e.getMessage());
        }
    }

    private void run(Clock clock) throws IOException, InterruptedException, GatewayClient.RefusedException {
        String cursor = null;
        do {
            JsonObject request = asked.request()
                    .copy()
                    .put("limit", Math.min(CALL_MAX, asked.max() - lookedAt))
                    .put("cursor", cursor)
                    .put("send_at", sendAt(clock));
            JsonObject answer = call(request);
            count(answer);
            cursor = answer.getString("next_cursor");
        } while (cursor != null && lookedAt < asked.max());
        tell();
    }

    /** What was planned by earlier calls goes first. */
    private @Nullable String sendAt(Clock clock) {
        OffsetDateTime now = OffsetDateTime.now(clock).withOffsetSameInstant(ZoneOffset.UTC);
        return nextSendAt == null || nextSendAt.isBefore(now) ? null : nextSendAt.toString();
    }

    /** Repeats what is not possible for the moment: a call that was done all the same finds nothing left to do. */
    private JsonObject call(JsonObject request)
            throws IOException, InterruptedException, GatewayClient.RefusedException {
        for (int i = 0; ; i++) {
            try {
                return gateway.post("/v1/dead-letters/replay", request);
            } catch (GatewayClient.RefusedException e) {
                if (!e.isForNow() || i == REPETITIONS_MAX) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void count(JsonObject answer) {
        replayed += answer.getInteger("replayed");
        leftOut += answer.getInteger("may_have_been_sent");
        refused += answer.getInteger("refused");
        JsonArray items = answer.getJsonArray("items");
        lookedAt += items.size();
        for (int i = 0; i < items.size(); i++) {
            JsonObject item = items.getJsonObject(i);
            System.out.printf("%s  %-22s %s%n", item.getString("id"), item.getString("reason"), result(item));
        }
        String last = answer.getString("last_send_at");
        if (last != null) {
            long gapNanos = 1_000_000_000L / asked.request().getInteger("rate_per_second", RATE_DEFAULT);
            nextSendAt = OffsetDateTime.parse(last).plusNanos(gapNanos);
        }
    }

    private static String result(JsonObject item) {
        return switch (item.getString("result")) {
            case "replayed" -> "is " + item.getString("replayed_as") + " now, goes at " + item.getString("send_at");
            case "would_be_replayed" -> "would go at " + item.getString("send_at");
            case "replayed_before" -> "was replayed before, as " + item.getString("replayed_as");
            case "may_have_been_sent" -> "left out: the person may have got it";
            default -> "refused: " + item.getJsonObject("error").getString("detail");
        };
    }

    private void tell() {
        boolean dryRun = asked.request().getBoolean("dry_run", false);
        System.out.printf("%s %d.%n", dryRun ? "Would replay" : "Replayed", replayed);
        if (leftOut > 0) {
            System.out.printf(
                    "Left out %d that may have been sent; --include-possible-duplicates sends them too.%n", leftOut);
        }
        if (refused > 0) {
            System.out.printf("Refused %d.%n", refused);
        }
    }

    private static void fail(int status, @Nullable String message) {
        System.err.println("heliograph replay: " + message);
        System.exit(status);
    }
}
