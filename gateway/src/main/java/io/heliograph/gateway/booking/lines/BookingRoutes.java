package io.heliograph.gateway.booking.lines;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.booking.lines.BookingSettingsStore.Stored;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /v1/booking-conversation}: at which of an account's WhatsApp numbers people book by writing. */
public final class BookingRoutes {
    private final ApiKeys apiKeys;
    private final BookingSettingsStore store;
    private final BookingFields fields;

    public BookingRoutes(ApiKeys apiKeys, Pool readPool, Function<String, @Nullable String> e164) {
        this.apiKeys = apiKeys;
        this.store = new BookingSettingsStore(readPool);
        this.fields = new BookingFields(e164);
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/booking-conversation")
                .get(this::show)
                .put(this::put)
                .delete(this::remove)
                .andNothingElse();
    }

    private Future<Answer> show(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return store.get(caller.accountId()).map(stored -> {
            if (stored == null) {
                throw none();
            }
            return Answer.ok(view(stored));
        });
    }

    private Future<Answer> put(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        Stored wanted = fields.read(JsonBody.object(context));
        return store.put(caller.accountId(), wanted)
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(done -> {
                    if (!done) {
                        throw Problem.of(ProblemCode.NOT_ALLOWED, "One of the numbers talks something else already.")
                                .exception();
                    }
                    return Answer.ok(view(wanted));
                });
    }

    private Future<Answer> remove(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        return store.remove(caller.accountId())
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(removed -> {
                    if (!removed) {
                        throw none();
                    }
                    return Answer.noContent();
                });
    }

    private static RuntimeException none() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no booking conversation.")
                .exception();
    }

    private static JsonObject view(Stored stored) {
        return new JsonObject()
                .put("numbers", new JsonArray(stored.numbers()))
                .put("days_ahead", stored.settings().daysAhead())
                .put("contents", stored.settings().contents());
    }
}
