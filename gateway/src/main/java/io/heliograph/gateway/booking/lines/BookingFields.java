package io.heliograph.gateway.booking.lines;

import io.heliograph.gateway.booking.lines.BookingSettingsStore.Stored;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what an account sets for its booking conversation. */
final class BookingFields {
    static final int NUMBERS_MAX = 50;
    private static final int DAYS_AHEAD_MAX = 365;
    private static final Pattern CONTENT_SID = Pattern.compile("HX[0-9a-fA-F]{32}");

    private final Function<String, @Nullable String> e164;

    BookingFields(Function<String, @Nullable String> e164) {
        this.e164 = e164;
    }

    /** Throws the problem of a body that is none, with all its mistakes. */
    Stored read(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        List<String> numbers = numbers(fields);
        int daysAhead = fields.integer("days_ahead", BookingSettings.DAYS_AHEAD_USUAL, 1, DAYS_AHEAD_MAX);
        JsonObject contents = new JsonObject();
        JsonFields given = fields.child("contents");
        if (given != null) {
            for (Content.Kind kind : Content.Kind.values()) {
                JsonObject sids = sids(given, kind);
                if (!sids.isEmpty()) {
                    contents.put(kind.word(), sids);
                }
            }
            fields.mistakesOf(given);
        }
        var mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return new Stored(new BookingSettings(daysAhead, contents), numbers);
    }

    private List<String> numbers(JsonFields fields) {
        JsonArray array = fields.array("numbers");
        List<String> numbers = new ArrayList<>();
        if (array == null) {
            if (fields.isMissing("numbers")) {
                fields.mistake(
                        "numbers", ProblemCode.MISSING, "numbers is required: those at which you can be written to.");
            }
            return numbers;
        }
        if (array.size() > NUMBERS_MAX) {
            fields.mistake("numbers", ProblemCode.TOO_MANY, "numbers takes at most " + NUMBERS_MAX + ".");
            return numbers;
        }
        for (int i = 0; i < array.size(); i++) {
            String number = array.getValue(i) instanceof String text ? e164.apply(text) : null;
            if (number == null) {
                fields.mistake(
                        "numbers", i, ProblemCode.INVALID_SENDER, "This must be a phone number such as +15005550006.");
            } else if (!numbers.contains(number)) {
                boolean _ = numbers.add(number);
            }
        }
        return numbers;
    }

    private static JsonObject sids(JsonFields contents, Content.Kind kind) {
        JsonObject sids = new JsonObject();
        JsonFields given = contents.child(kind.word());
        if (given == null) {
            return sids;
        }
        for (int choices = kind.choicesMin(); choices <= kind.choicesMax(); choices++) {
            String name = Integer.toString(choices);
            String sid = given.text(name, Integer.MAX_VALUE);
            if (sid != null && !CONTENT_SID.matcher(sid).matches()) {
                given.mistake(name, ProblemCode.NOT_ALLOWED, "This must be the SID of a Content: HX and 32 digits.");
            } else if (sid != null) {
                sids.put(name, sid);
            }
        }
        contents.mistakesOf(given);
        return sids;
    }
}
