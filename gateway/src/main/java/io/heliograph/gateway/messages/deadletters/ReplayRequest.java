package io.heliograph.gateway.messages.deadletters;

import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.messages.fields.Timing;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent anew, and how fast.
 *
 * @param sendAt of the first; null for now
 */
record ReplayRequest(
        DeadLetterFilter filter,
        int ratePerSecond,
        int limit,
        boolean dryRun,
        boolean includePossibleDuplicates,
        @Nullable OffsetDateTime sendAt) {
    static final int RATE_MAX = 1_000;
    static final int LIMIT_MAX = 1_000;
    private static final int RATE_DEFAULT = 10;
    private static final int LIMIT_DEFAULT = 100;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Throws the problem of a body that is none, with all its mistakes. */
    static ReplayRequest read(JsonObject body, OffsetDateTime now) {
        JsonFields fields = new JsonFields(body, "");
        JsonFields filter = fields.child("filter");
        if (filter == null && fields.isMissing("filter")) {
            // Everything is sent anew only when somebody says so.
            fields.mistake("filter", ProblemCode.MISSING, "filter is required; {} means every dead letter.");
        }
        JsonFields wanted = filter == null ? new JsonFields(new JsonObject(), "") : filter;
        ReplayRequest request = new ReplayRequest(
                DeadLetterFilter.readForReplay(wanted).after(fields.cursor("cursor")),
                fields.integer("rate_per_second", RATE_DEFAULT, 1, RATE_MAX),
                fields.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX),
                fields.flag("dry_run"),
                fields.flag("include_possible_duplicates"),
                Timing.sendAt(fields, now));
        fields.mistakesOf(wanted);
        Mistakes mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return request;
    }

    /** When the so-manyth goes, counted from 0. */
    OffsetDateTime timeOf(int number, OffsetDateTime now) {
        OffsetDateTime first = sendAt == null || sendAt.isBefore(now) ? now : sendAt;
        return first.plus(Duration.ofNanos(number * NANOS_PER_SECOND / ratePerSecond));
    }
}
