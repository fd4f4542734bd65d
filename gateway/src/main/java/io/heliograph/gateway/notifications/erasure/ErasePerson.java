package io.heliograph.gateway.notifications.erasure;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.notifications.erasure.EraseStore.Wish;
import io.heliograph.gateway.notifications.users.UserFields;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** {@code DELETE /v1/users/{id}} erases a person from all tables; {@code /v1/erasures/{id}} proves it. */
public final class ErasePerson {
    private final ApiKeys apiKeys;
    private final EraseStore store;
    private final ErasedPersons erased;
    private final Supplier<UUID> ids;

    public ErasePerson(ApiKeys apiKeys, Pool readPool, ErasedPersons erased, Supplier<UUID> ids) {
        this.apiKeys = apiKeys;
        this.store = new EraseStore(readPool);
        this.erased = erased;
        this.ids = ids;
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/erasures/:id").get(this::show).andNothingElse();
    }

    /** Whatever is not on its way is gone when this answers; {@code finished_at} says when the rest is, too. */
    public Future<Answer> erase(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        String userId = UserFields.requireId(context);
        if (!erased.hasKey()) {
            throw Problem.of(
                            ProblemCode.ERASURE_KEY_MISSING,
                            "Nobody can be erased until the operator has set HELIOGRAPH_ERASURE_KEY; nothing was changed.")
                    .exception();
        }
        Wish wish = new Wish(ids.get(), caller.accountId(), userId, apiKeys.keyHash(context));
        return store.erase(wish, text -> erased.hash(caller.accountId(), text))
                .compose(row -> erased.refresh().map(row))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(row -> {
                    if (row == null) {
                        throw UserFields.noSuchUser().exception();
                    }
                    return Answer.ok(view(row));
                });
    }

    private Future<Answer> show(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return store.find(id(context), caller.accountId()).map(row -> {
            if (row == null) {
                throw noSuchErasure().exception();
            }
            return Answer.ok(view(row));
        });
    }

    /** Says nothing that is not known to be the account's: hashes instead of names. */
    private static JsonObject view(Row row) {
        return new JsonObject()
                .put("id", row.getUUID("id").toString())
                .put("requested_at", Times.text(row.getOffsetDateTime("requested_at")))
                .put("finished_at", Times.text(row.getOffsetDateTime("finished_at")))
                .put(
                        "requested_by",
                        HexFormat.of().formatHex(row.getBuffer("requested_by").getBytes()))
                .put("user_hash", row.getString("user_hash"))
                .put("address_hashes", new JsonArray(Arrays.asList(row.getArrayOfStrings("address_hashes"))))
                .put("counts", row.getJsonObject("counts"));
    }

    private static UUID id(RoutingContext context) {
        try {
            return UUID.fromString(context.pathParam("id"));
        } catch (IllegalArgumentException e) {
            throw noSuchErasure().exception();
        }
    }

    private static Problem noSuchErasure() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no erasure with this id.");
    }
}
