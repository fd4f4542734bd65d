package io.heliograph.gateway.sos.requests;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where a request stands, and what may be done with it there. Its word is part of answers and stored: it may not change. */
public enum RequestStatus {
    OPEN,
    /** As many donors share their number as units are needed; open again when one of them withdraws. */
    FULFILLED,
    /** By its account, for good. */
    CLOSED;

    /** What somebody may ask for. */
    public enum Action {
        MATCH,
        ROTATE_TOKEN,
        CLOSE;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public static final List<String> WORDS =
            Arrays.stream(values()).map(RequestStatus::word).toList();

    private List<Action> actions() {
        return switch (this) {
            case OPEN -> List.of(Action.MATCH, Action.ROTATE_TOKEN, Action.CLOSE);
            case FULFILLED -> List.of(Action.CLOSE);
            case CLOSED -> List.of();
        };
    }

    /** Names what may be done instead. */
    public void require(Action action) {
        if (!actions().contains(action)) {
            throw new Problem(
                            ProblemCode.REQUEST_STATE,
                            "A request that is " + word() + " does not allow this; allowed says what it does.",
                            List.of(),
                            new JsonObject()
                                    .put("request_status", word())
                                    .put(
                                            "allowed",
                                            new JsonArray(actions().stream()
                                                    .map(Action::word)
                                                    .toList())))
                    .exception();
        }
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static RequestStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
