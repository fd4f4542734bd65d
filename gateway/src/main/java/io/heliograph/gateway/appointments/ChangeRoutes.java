package io.heliograph.gateway.appointments;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.appointments.changing.By;
import io.heliograph.gateway.appointments.changing.Changed;
import io.heliograph.gateway.appointments.changing.VisitStore;
import io.heliograph.gateway.appointments.changing.Which;
import io.heliograph.gateway.appointments.changing.Wish;
import io.heliograph.gateway.appointments.clinics.Place;
import io.heliograph.gateway.appointments.reading.AppointmentView;
import io.heliograph.gateway.appointments.reading.ReadAppointments;
import io.heliograph.gateway.appointments.schedules.Slot;
import io.heliograph.gateway.appointments.visits.Status;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.IdempotencyKey;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What is done with a visit that is booked; each tells the patient. */
final class ChangeRoutes {
    private static final String PATH = AppointmentRoutes.PATH + "/:id/";

    private final ApiKeys apiKeys;
    private final Pool pool;
    private final Catalog catalog;
    private final VisitStore visits;
    private final AppointmentJournal journal;
    private final ReadAppointments read;
    private final BiFunction<Place, Instant, Future<List<Slot>>> instead;
    private final Origins origins;

    /** {@code instead} finds what is free where a wish is not. */
    ChangeRoutes(
            ApiKeys apiKeys,
            Pool pool,
            Catalog catalog,
            VisitStore visits,
            AppointmentJournal journal,
            ReadAppointments read,
            BiFunction<Place, Instant, Future<List<Slot>>> instead,
            Origins origins) {
        this.apiKeys = apiKeys;
        this.pool = pool;
        this.catalog = catalog;
        this.visits = visits;
        this.journal = journal;
        this.read = read;
        this.instead = instead;
        this.origins = origins;
    }

    void mount(Router router, Answers answers) {
        new Resource(router, answers, PATH + "reschedule")
                .post(this::reschedule)
                .andNothingElse();
        new Resource(router, answers, PATH + "cancel")
                .post(context -> end(context, Status.CANCELLED))
                .andNothingElse();
        new Resource(router, answers, PATH + "complete")
                .post(context -> end(context, Status.COMPLETED))
                .andNothingElse();
        new Resource(router, answers, PATH + "no-show")
                .post(context -> end(context, Status.NO_SHOW))
                .andNothingElse();
        new Resource(router, answers, PATH + "status").post(this::set).andNothingElse();
    }

    private Future<Answer> reschedule(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        JsonFields fields = new JsonFields(JsonBody.object(context), "");
        Instant startsAt = BookingFields.requiredTime(fields, "starts_at");
        By by = by(fields, caller);
        BookingFields.refuse(fields.mistakes());
        if (startsAt == null) {
            throw new IllegalStateException("What is missing is a mistake");
        }
        return change(context, caller, new Wish.Reschedule(startsAt, by, now()));
    }

    private Future<Answer> end(RoutingContext context, Status to) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        JsonFields fields = new JsonFields(JsonBody.objectOrEmpty(context), "");
        By by = to == Status.CANCELLED ? by(fields, caller) : By.of(fields.oneOf("by", By.WORDS, By.CLINIC.word()));
        BookingFields.refuse(fields.mistakes());
        return change(context, caller, new Wish.Set(to, by, now()));
    }

    private Future<Answer> set(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        JsonFields fields = new JsonFields(JsonBody.object(context), "");
        String to = fields.oneOf("status", Status.WORDS, "");
        if (fields.isMissing("status")) {
            fields.mistake("status", ProblemCode.MISSING, "status is required.");
        }
        BookingFields.refuse(fields.mistakes());
        return change(context, caller, new Wish.Set(Status.of(to), By.ADMINISTRATOR, now()));
    }

    /** An administrator may do it at any time, and has to say so. */
    private static By by(JsonFields fields, Caller caller) {
        boolean isAtAnyTime = fields.flag("override_notice");
        By by = By.of(fields.oneOf("by", By.WORDS, By.CLINIC.word()));
        if (isAtAnyTime && !caller.scopes().contains(Scope.ADMIN)) {
            throw Problem.scopeMissing(Scope.ADMIN.word()).exception();
        }
        return isAtAnyTime ? By.ADMINISTRATOR : by;
    }

    private Future<Answer> change(RoutingContext context, Caller caller, Wish wish) {
        Which which = ReadAppointments.which(context, caller);
        AcceptIntent.Key key = key(context);
        return catalog.ready(caller.accountId())
                .compose(_ -> journal.ofChange(
                        wish,
                        visits.change(pool, which, wish, key, origins.ids().get())))
                .compose(changed -> answer(caller, which, changed))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static AcceptIntent.@Nullable Key key(RoutingContext context) {
        String value = IdempotencyKey.header(context);
        JsonObject body = JsonBody.objectOrEmpty(context).copy().put("path", context.normalizedPath());
        return value == null ? null : new AcceptIntent.Key(value, IdempotencyKey.hash("appointment change", body));
    }

    private Future<Answer> answer(Caller caller, Which which, Changed changed) {
        return switch (changed) {
            case Changed.Done(var visit, Place place) ->
                Future.succeededFuture(Answer.ok(AppointmentView.of(caller, visit, place)));
            case Changed.Replayed _ ->
                read.show(caller, which).map(view -> Answer.ok(view).replayed());
            case Changed.SlotTaken(Place place, Instant wanted) ->
                instead.apply(place, wanted).compose(next -> refused(Refusals.slotTaken(next, place.clinic())));
            case Changed.OutsideHours(Place place, Instant wanted) ->
                instead.apply(place, wanted).compose(next -> refused(Refusals.outsideHours(next, place.clinic())));
            case Changed.KeyReused _ -> refused(Problem.keyReused());
            case Changed.NotFound _ -> refused(ReadAppointments.noSuchVisit());
            case Changed.NotAllowed(Status from) -> refused(Refusals.notAllowed(from));
            case Changed.SameTime _ -> refused(Refusals.sameTime());
            case Changed.TooLate(var clinic) -> refused(Refusals.tooLate(clinic));
            case Changed.TooEarly(var visit, Place place) -> refused(Refusals.tooEarly(visit, place.clinic()));
            case Changed.InThePast _ -> refused(Refusals.inThePast());
            case Changed.TooFarAhead _ -> refused(Refusals.tooFarAhead());
        };
    }

    private static Future<Answer> refused(Problem problem) {
        return Future.failedFuture(problem.exception());
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(origins.clock());
    }
}
