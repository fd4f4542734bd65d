package io.heliograph.gateway.sos.places;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.Texts;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /v1/sos/city-aliases} and {@code /v1/sos/areas}: other names of cities, and cities that one may look in together. */
public final class PlaceRoutes {
    private static final int CITIES_MAX = 50;
    private static final Problem AS_MANY_AS_MAY_BE =
            Problem.of(ProblemCode.NOT_ALLOWED, "The account has as many of its own as it may.");

    private final ApiKeys apiKeys;
    private final PlaceStore store;

    public PlaceRoutes(ApiKeys apiKeys, Pool pool) {
        this.apiKeys = apiKeys;
        this.store = new PlaceStore(pool);
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/sos/city-aliases")
                .get(context -> list(context, store::aliases, "city_aliases", PlaceRoutes::alias))
                .andNothingElse();
        new Resource(router, answers, "/v1/sos/city-aliases/:name")
                .put(this::putAlias)
                .delete(context -> remove(context, store::removeAlias))
                .andNothingElse();
        new Resource(router, answers, "/v1/sos/areas")
                .get(context -> list(context, store::areas, "areas", PlaceRoutes::area))
                .andNothingElse();
        new Resource(router, answers, "/v1/sos/areas/:name")
                .put(this::putArea)
                .delete(context -> remove(context, store::removeArea))
                .andNothingElse();
    }

    /** What an account has of its own. */
    private interface Removing {
        Future<Boolean> remove(long accountId, String name);
    }

    private Future<Answer> list(
            RoutingContext context,
            Function<Long, Future<List<Row>>> reading,
            String name,
            Function<Row, JsonObject> view) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return reading.apply(caller.accountId()).map(rows -> {
            JsonArray all = new JsonArray();
            rows.forEach(row -> all.add(view.apply(row)));
            return Answer.ok(new JsonObject().put(name, all));
        });
    }

    private Future<Answer> putAlias(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        String alias = name(context);
        JsonFields fields = new JsonFields(JsonBody.object(context), "");
        String city = fields.requiredText("city", Cities.NAME_LENGTH_MAX);
        if (city != null && PlaceKey.of(city).isEmpty()) {
            fields.mistake("city", ProblemCode.NOT_ALLOWED, "city must have a letter.");
        }
        Mistakes mistakes = fields.mistakes();
        if (city == null || !mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return shown(store.putAlias(caller.accountId(), alias, city.strip()), PlaceRoutes::alias);
    }

    private Future<Answer> putArea(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        String area = name(context);
        JsonFields fields = new JsonFields(JsonBody.object(context), "");
        List<String> cities = cities(fields, "cities");
        if (cities.isEmpty() && fields.isMissing("cities")) {
            fields.mistake("cities", ProblemCode.MISSING, "cities is required.");
        }
        Mistakes mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return shown(store.putArea(caller.accountId(), area, cities), PlaceRoutes::area);
    }

    /** Empty where it is missing. */
    public static List<String> cities(JsonFields fields, String name) {
        JsonArray array = fields.array(name);
        if (array == null) {
            return List.of();
        }
        if (array.isEmpty() || array.size() > CITIES_MAX) {
            fields.mistake(name, ProblemCode.WRONG_SIZE, name + " names 1 to " + CITIES_MAX + " cities.");
            return List.of();
        }
        List<String> cities = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            if (isName(array.getValue(i))) {
                cities.add(array.getString(i).strip());
            } else {
                fields.mistake(
                        name,
                        i,
                        ProblemCode.NOT_ALLOWED,
                        "Each is the name of a city of at most " + Cities.NAME_LENGTH_MAX + " characters.");
            }
        }
        return cities;
    }

    private static boolean isName(@Nullable Object value) {
        return value instanceof String text
                && text.length() <= Cities.NAME_LENGTH_MAX
                && Texts.isStorable(text)
                && !PlaceKey.of(text).isEmpty();
    }

    private Future<Answer> remove(RoutingContext context, Removing removing) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        return removing.remove(caller.accountId(), name(context))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(removed -> {
                    if (!removed) {
                        throw Problem.of(ProblemCode.NOT_FOUND, "The account has none of its own with this name.")
                                .exception();
                    }
                    return Answer.noContent();
                });
    }

    private static Future<Answer> shown(Future<List<Row>> put, Function<Row, JsonObject> view) {
        return put.timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS).map(rows -> {
            if (rows.isEmpty()) {
                throw AS_MANY_AS_MAY_BE.exception();
            }
            return Answer.ok(view.apply(rows.getFirst()));
        });
    }

    private static String name(RoutingContext context) {
        String name = context.pathParam("name").strip();
        if (!isName(name)) {
            throw Problem.of(
                            ProblemCode.NOT_ALLOWED,
                            "A name has at most " + Cities.NAME_LENGTH_MAX + " characters, a letter among them.")
                    .exception();
        }
        return name;
    }

    private static JsonObject alias(Row row) {
        return new JsonObject()
                .put("alias", row.getString("alias"))
                .put("city", row.getString("city"))
                .put("own", row.getBoolean("is_own"));
    }

    private static JsonObject area(Row row) {
        return new JsonObject()
                .put("area", row.getString("area"))
                .put("cities", new JsonArray(List.of((Object[]) row.getArrayOfStrings("cities"))))
                .put("own", row.getBoolean("is_own"));
    }
}
