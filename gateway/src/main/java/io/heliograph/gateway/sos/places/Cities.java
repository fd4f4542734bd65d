package io.heliograph.gateway.sos.places;

import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.runtime.Aside;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which cities are meant by what somebody has written. */
public final class Cities {
    public static final int NAME_LENGTH_MAX = 100;

    /** Of so many cities that nobody knows the near names are told; of the others, that nobody knows them. */
    private static final int COMPARED_MAX = 5;

    private final PlaceStore store;
    private final Aside aside;

    /** Names are compared {@code aside}. */
    public Cities(Pool pool, Aside aside) {
        this.store = new PlaceStore(pool);
        this.aside = aside;
    }

    /**
     * Fails with the problem of cities of which nobody has heard, and says which names are near. {@code names} stand in the body at these
     * pointers.
     */
    public Future<Void> require(long accountId, Map<String, String> names) {
        return mistakes(accountId, names)
                .map(mistakes -> {
                    if (!mistakes.isEmpty()) {
                        throw Problem.invalid(mistakes).exception();
                    }
                    return mistakes;
                })
                .mapEmpty();
    }

    /** Likewise, for whoever has others to tell beside these. */
    public Future<List<FieldMistake>> mistakes(long accountId, Map<String, String> names) {
        Map<String, String> keys = new LinkedHashMap<>();
        names.forEach((pointer, name) -> keys.put(pointer, PlaceKey.of(name)));
        return store.unknown(accountId, keys.values())
                .compose(unknown -> unknown.isEmpty()
                        ? Future.succeededFuture(List.of())
                        : store.knownNames(accountId)
                                .compose(known -> aside.run(() -> mistakes(keys, unknown, known))));
    }

    private static List<FieldMistake> mistakes(
            Map<String, String> keys, Set<String> unknown, Map<String, String> known) {
        List<FieldMistake> mistakes = new ArrayList<>();
        keys.forEach((pointer, key) -> {
            if (unknown.contains(key)) {
                List<String> near = mistakes.size() < COMPARED_MAX ? NearestNames.to(key, known) : List.of();
                mistakes.add(FieldMistake.at(
                        pointer,
                        ProblemCode.UNKNOWN_CITY,
                        "No donor lives in a city of this name, and it is nobody's alias."
                                + (near.isEmpty() ? "" : " Near are: " + String.join(", ", near) + ".")));
            }
        });
        return mistakes;
    }

    /** The keys of the cities of an area; fails with the problem that there is none of this name. */
    public Future<List<String>> ofArea(long accountId, String area, String pointer) {
        return store.citiesOf(accountId, PlaceKey.of(area)).map(keys -> {
            if (keys.isEmpty()) {
                throw Problem.invalid(List.of(FieldMistake.at(
                                pointer, ProblemCode.NOT_ALLOWED, "There is no area of this name. See /v1/sos/areas.")))
                        .exception();
            }
            return keys;
        });
    }

    /** The keys of all names that these cities have. */
    public static Future<List<String>> sameAs(SqlClient client, long accountId, Collection<String> keys) {
        return PlaceStore.same(client, accountId, keys);
    }
}
