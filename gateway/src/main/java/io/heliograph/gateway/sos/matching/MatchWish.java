package io.heliograph.gateway.sos.matching;

import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.sos.places.Cities;
import io.heliograph.gateway.sos.places.PlaceRoutes;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far to look.
 *
 * @param cities beside that of the request
 * @param area several cities by one name; null for none
 * @param realert whether to ask those anew who have not answered
 */
record MatchWish(List<String> cities, @Nullable String area, boolean realert) {

    /** Throws the problem of a body that is none, with all its mistakes. */
    static MatchWish read(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        JsonFields widen = fields.child("widen");
        List<String> cities = List.of();
        String area = null;
        if (widen != null) {
            cities = PlaceRoutes.cities(widen, "cities");
            area = widen.text("area", Cities.NAME_LENGTH_MAX);
            fields.mistakesOf(widen);
        }
        boolean realert = fields.flag("realert");
        Mistakes mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return new MatchWish(cities, area, realert);
    }
}
