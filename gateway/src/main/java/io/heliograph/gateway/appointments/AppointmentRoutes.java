package io.heliograph.gateway.appointments;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.appointments.changing.Booked;
import io.heliograph.gateway.appointments.changing.NewAppointment;
import io.heliograph.gateway.appointments.changing.Which;
import io.heliograph.gateway.appointments.clinics.ClinicStore;
import io.heliograph.gateway.appointments.clinics.DoctorStore;
import io.heliograph.gateway.appointments.clinics.Place;
import io.heliograph.gateway.appointments.reading.AppointmentView;
import io.heliograph.gateway.appointments.reading.ReadAppointments;
import io.heliograph.gateway.appointments.reading.SearchNotices;
import io.heliograph.gateway.appointments.schedules.Slot;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.IdempotencyKey;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.GroupCommit;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code /v1/appointments}: booked and shown. Of one event loop. */
final class AppointmentRoutes {
    static final String PATH = "/v1/appointments";
    private static final String OPERATION = "appointment";
    /** How far is looked for a slot instead of one that is taken, and how many are told. */
    private static final Duration INSTEAD_WITHIN = Duration.ofDays(14);

    private static final int INSTEAD_MAX = 5;

    private final ApiKeys apiKeys;
    private final Pool readPool;
    private final Catalog catalog;
    private final BookingFields fields;
    private final GroupCommit<NewAppointment, Booked> commit;
    private final ReadAppointments read;
    private final SearchNotices notices;
    private final Clock clock;

    AppointmentRoutes(
            ApiKeys apiKeys,
            Pool readPool,
            Catalog catalog,
            BookingFields fields,
            GroupCommit<NewAppointment, Booked> commit,
            ReadAppointments read,
            SearchNotices notices,
            Clock clock) {
        this.apiKeys = apiKeys;
        this.readPool = readPool;
        this.catalog = catalog;
        this.fields = fields;
        this.commit = commit;
        this.read = read;
        this.notices = notices;
        this.clock = clock;
    }

    void mount(Router router, Answers answers) {
        new Resource(router, answers, PATH).get(read::list).post(this::post).andNothingElse();
        new Resource(router, answers, PATH + "/notices").get(notices::list).andNothingElse();
        new Resource(router, answers, PATH + "/:id").get(read::get).andNothingElse();
    }

    private Future<Answer> post(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        String keyValue = IdempotencyKey.header(context);
        JsonObject body = JsonBody.object(context);
        AcceptIntent.Key key =
                keyValue == null ? null : new AcceptIntent.Key(keyValue, IdempotencyKey.hash(OPERATION, body));
        return catalog.ready(caller.accountId())
                .compose(_ -> country(caller, body))
                .compose(country -> commit.submit(fields.read(caller.accountId(), body, country, key)))
                .compose(booked -> answer(caller, booked));
    }

    /** Null where it does not matter, or the account has no clinic. */
    private Future<@Nullable String> country(Caller caller, JsonObject body) {
        if (!BookingFields.needsCountry(body)) {
            return Future.succeededFuture(null);
        }
        return ClinicStore.find(readPool, caller.accountId())
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(clinic -> clinic == null ? null : clinic.country());
    }

    private Future<Answer> answer(Caller caller, Booked booked) {
        return switch (booked) {
            case Booked.Done(var visit, Place place) ->
                Future.succeededFuture(created(AppointmentView.of(caller, visit, place)));
            case Booked.Replayed(var id) ->
                read.show(caller, new Which(caller.accountId(), id, null))
                        .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                        .map(view -> created(view).replayed());
            case Booked.SlotTaken(Place place, Instant wanted) ->
                instead(place, wanted).compose(next -> refused(Refusals.slotTaken(next, place.clinic())));
            case Booked.OutsideHours(Place place, Instant wanted) ->
                instead(place, wanted).compose(next -> refused(Refusals.outsideHours(next, place.clinic())));
            case Booked.KeyReused _ -> refused(Problem.keyReused());
            case Booked.KeyUnknown _ -> refused(Problem.keyUnknown());
            case Booked.UnknownDoctor _ -> refused(Refusals.unknownDoctor());
            case Booked.UnknownUser _ -> refused(Refusals.unknownUser());
            case Booked.InThePast _ -> refused(Refusals.inThePast());
            case Booked.TooFarAhead _ -> refused(Refusals.tooFarAhead());
        };
    }

    private static Answer created(JsonObject view) {
        return Answer.created(view).with("Location", PATH + "/" + view.getString("booking_id"));
    }

    private static Future<Answer> refused(Problem problem) {
        return Future.failedFuture(problem.exception());
    }

    /** The next slots that are free, from the day on that was wanted. */
    Future<List<Slot>> instead(Place place, Instant wanted) {
        ZoneId zone = place.clinic().zone();
        Instant from = wanted.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        return DoctorStore.free(readPool, place, clock.instant(), from, from.plus(INSTEAD_WITHIN), INSTEAD_MAX)
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }
}
