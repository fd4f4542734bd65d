package io.heliograph.gateway.appointments.clinics;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.appointments.schedules.Schedule;
import io.heliograph.gateway.appointments.schedules.Slot;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.gateway.messages.Origins;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /v1/doctors/{id}/slots}: when a doctor is free, by days of the clinic. */
public final class SlotRoutes {
    private static final int DAYS_DEFAULT = 7;
    private static final int DAYS_MAX = 31;
    /** More than a month of the shortest slots has. */
    private static final int SLOTS_MAX = 10_000;

    private static final int DATE_LENGTH_MAX = 10;

    /** Days; null where nothing was asked for. */
    private record Asked(@Nullable LocalDate from, @Nullable LocalDate to) {}

    private final ApiKeys apiKeys;
    private final Pool pool;
    private final Origins origins;

    SlotRoutes(ApiKeys apiKeys, Pool pool, Origins origins) {
        this.apiKeys = apiKeys;
        this.pool = pool;
        this.origins = origins;
    }

    void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/doctors/:id/slots").get(this::get).andNothingElse();
    }

    private Future<Answer> get(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        Asked asked = read(context);
        return DoctorStore.find(pool, caller.accountId(), DoctorRoutes.requireId(context))
                .map(DoctorRoutes::required)
                .compose(place -> slots(place, asked));
    }

    private static Asked read(RoutingContext context) {
        QueryFields query = new QueryFields(context.queryParams());
        LocalDate from = date(query, "from");
        LocalDate to = date(query, "to");
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return new Asked(from, to);
    }

    private static @Nullable LocalDate date(QueryFields query, String name) {
        String text = query.text(name, DATE_LENGTH_MAX);
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException _) {
            query.mistake(name, ProblemCode.INVALID_TIME, name + " must be a day, such as 2026-12-01.");
            return null;
        }
    }

    private Future<Answer> slots(Place place, Asked asked) {
        Schedule schedule = place.schedule();
        Instant now = origins.clock().instant();
        LocalDate from = asked.from() == null ? now.atZone(schedule.zone()).toLocalDate() : asked.from();
        LocalDate to = asked.to() == null ? from.plusDays(DAYS_DEFAULT - 1L) : asked.to();
        if (to.isBefore(from) || to.isAfter(from.plusDays(DAYS_MAX - 1L))) {
            throw Problem.invalid(List.of(FieldMistake.inParameter(
                            "to", ProblemCode.NOT_ALLOWED, "to is a day from from on, and 30 days later at the most.")))
                    .exception();
        }
        return DoctorStore.free(pool, place, now, schedule.beginOf(from), schedule.beginOf(to.plusDays(1)), SLOTS_MAX)
                .map(slots -> Answer.ok(new JsonObject()
                        .put("doctor", place.doctor().id())
                        .put("time_zone", schedule.zone().getId())
                        .put("from", from.toString())
                        .put("to", to.toString())
                        .put("slots", view(slots, schedule.zone()))));
    }

    /** As every answer shows them. */
    public static JsonArray view(List<Slot> slots, ZoneId zone) {
        JsonArray view = new JsonArray();
        slots.forEach(slot -> view.add(new JsonObject()
                .put("starts_at", Times.text(slot.startsAt().atOffset(ZoneOffset.UTC)))
                .put("ends_at", Times.text(slot.endsAt().atOffset(ZoneOffset.UTC)))
                .put("local", slot.startsAt().atZone(zone).toLocalDateTime().toString())));
        return view;
    }
}
