package io.heliograph.gateway.appointments.clinics;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.notifications.users.UserFields;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code /v1/doctors}: with whom visits can be booked. */
public final class DoctorRoutes {
    private static final String PATH = "/v1/doctors";
    private static final int TEXT_LENGTH_MAX = 100;
    private static final int LIMIT_DEFAULT = 50;
    private static final int LIMIT_MAX = 200;

    private final ApiKeys apiKeys;
    private final Pool pool;
    private final Origins origins;

    public DoctorRoutes(ApiKeys apiKeys, Pool pool, Origins origins) {
        this.apiKeys = apiKeys;
        this.pool = pool;
        this.origins = origins;
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, PATH).get(this::list).andNothingElse();
        new Resource(router, answers, PATH + "/:id")
                .get(this::get)
                .put(this::put)
                .delete(this::retire)
                .andNothingElse();
        new SlotRoutes(apiKeys, pool, origins).mount(router, answers);
    }

    static Problem noSuchDoctor() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no doctor with this id.");
    }

    static String requireId(RoutingContext context) {
        String id = context.pathParam("id");
        if (!UserFields.isId(id)) {
            throw Problem.of(
                            ProblemCode.NOT_ALLOWED,
                            "A doctor's id is 1 to 128 letters, digits and . _ @ : + - characters.")
                    .exception();
        }
        return id;
    }

    private Future<Answer> get(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return DoctorStore.find(pool, caller.accountId(), requireId(context))
                .map(place -> Answer.ok(view(required(place).doctor())));
    }

    static Place required(@Nullable Place place) {
        if (place == null) {
            throw noSuchDoctor().exception();
        }
        return place;
    }

    private Future<Answer> put(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        Doctor doctor = DoctorFields.read(caller.accountId(), requireId(context), JsonBody.object(context));
        return DoctorStore.put(pool, doctor, OffsetDateTime.now(origins.clock()))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(isNew -> {
                    if (isNew == null) {
                        throw ClinicRoutes.noClinic().exception();
                    }
                    return isNew ? Answer.created(view(doctor)) : Answer.ok(view(doctor));
                });
    }

    /** Whoever has a visit keeps it. */
    private Future<Answer> retire(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        return DoctorStore.retire(pool, caller.accountId(), requireId(context), OffsetDateTime.now(origins.clock()))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(found -> {
                    if (!found) {
                        throw noSuchDoctor().exception();
                    }
                    return Answer.noContent();
                });
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        QueryFields query = new QueryFields(context.queryParams());
        String specialisation = query.text("specialisation", TEXT_LENGTH_MAX);
        String active = query.oneOf("active", List.of("true", "false"));
        String cursor = query.text("cursor", TEXT_LENGTH_MAX);
        int limit = query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return DoctorStore.list(
                        pool,
                        caller.accountId(),
                        cursor == null ? "" : cursor,
                        specialisation,
                        active == null ? null : Boolean.valueOf(active),
                        limit)
                .map(places -> Answer.ok(page(places, limit)));
    }

    private static JsonObject page(List<Place> places, int limit) {
        JsonArray doctors = new JsonArray();
        places.forEach(place -> doctors.add(view(place.doctor())));
        return new JsonObject()
                .put("doctors", doctors)
                .put(
                        "next_cursor",
                        places.size() < limit ? null : places.getLast().doctor().id());
    }

    private static JsonObject view(Doctor doctor) {
        return new JsonObject()
                .put("id", doctor.id())
                .put("name", doctor.name())
                .put("specialisation", doctor.specialisation())
                .put("slot_minutes", doctor.slot().toMinutes())
                .put("hours", doctor.hoursJson())
                .put("holidays", doctor.holidaysJson())
                .put("active", doctor.active());
    }
}
