package io.heliograph.gateway.appointments.clinics;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.runtime.Durations;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code /v1/clinic}: what an account says about its clinic. */
public final class ClinicRoutes {
    private final ApiKeys apiKeys;
    private final Pool pool;
    private final ClinicFields fields;
    private final Origins origins;

    public ClinicRoutes(ApiKeys apiKeys, Pool pool, Recipients recipients, String defaultCountry, Origins origins) {
        this.apiKeys = apiKeys;
        this.pool = pool;
        this.fields = new ClinicFields(recipients, defaultCountry);
        this.origins = origins;
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/clinic")
                .get(this::get)
                .put(this::put)
                .andNothingElse();
    }

    public static Problem noClinic() {
        return Problem.of(ProblemCode.NO_CLINIC, "First say what the clinic is: PUT /v1/clinic.");
    }

    private Future<Answer> get(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return ClinicStore.find(pool, caller.accountId()).map(clinic -> {
            if (clinic == null) {
                throw Problem.of(ProblemCode.NOT_FOUND, "There is no clinic yet: PUT /v1/clinic.")
                        .exception();
            }
            return Answer.ok(view(clinic));
        });
    }

    private Future<Answer> put(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        Clinic clinic = fields.read(caller.accountId(), JsonBody.object(context));
        return ClinicStore.put(pool, clinic, OffsetDateTime.now(origins.clock()))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(_ -> Answer.ok(view(clinic)));
    }

    private static JsonObject view(Clinic clinic) {
        Duration followUp = clinic.followUp();
        return new JsonObject()
                .put("name", clinic.name())
                .put("phone", clinic.phone())
                .put("emergency_number", clinic.emergencyNumber())
                .put("time_zone", clinic.zone().getId())
                .put("country", clinic.country())
                .put("notice", Durations.write(clinic.notice()))
                .put("follow_up", followUp == null ? "never" : Durations.write(followUp))
                .put("notify", new JsonArray(List.of(Clinic.words(clinic.channels()))));
    }
}
