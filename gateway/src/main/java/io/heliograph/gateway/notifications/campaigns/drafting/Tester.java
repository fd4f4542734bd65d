package io.heliograph.gateway.notifications.campaigns.drafting;

import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.messages.fields.EmailAddress;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.campaigns.Campaign.Wish;
import io.heliograph.gateway.notifications.catalog.DataFields;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.users.UserFields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody who is to get the text of a campaign before the others. */
record Tester(
        @Nullable String user,
        boolean isKnown,
        @Nullable String address,
        @Nullable String locale,
        JsonObject data) {
    private static final int TESTERS_MAX = 10;
    private static final int TEXT_LENGTH_MAX = 254;

    /** Throws the problem of a body that names nobody, with all its mistakes. */
    static List<Tester> read(JsonObject body, Wish wish, NotificationType type, Recipients recipients) {
        JsonFields fields = new JsonFields(body, "");
        JsonArray to = fields.array("to");
        List<Tester> testers = new ArrayList<>();
        if (to == null || to.isEmpty() || to.size() > TESTERS_MAX) {
            if (to != null || fields.isMissing("to")) {
                fields.mistake("to", ProblemCode.WRONG_SIZE, "to names 1 to " + TESTERS_MAX + " recipients.");
            }
        } else {
            for (int i = 0; i < to.size(); i++) {
                if (to.getValue(i) instanceof JsonObject one) {
                    JsonFields item = fields.item("to", i, one);
                    testers.add(read(item, wish, type, recipients));
                    fields.mistakesOf(item);
                } else {
                    fields.mistake("to", i, ProblemCode.WRONG_TYPE, "Each recipient is an object.");
                }
            }
        }
        Mistakes mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return testers;
    }

    private static Tester read(JsonFields item, Wish wish, NotificationType type, Recipients recipients) {
        String name = wish.channel().goesToNumber() ? "phone" : "email";
        String user = item.text("user", TEXT_LENGTH_MAX);
        String text = item.text(name, TEXT_LENGTH_MAX);
        String address =
                text == null ? null : wish.channel().goesToNumber() ? recipients.e164(text) : EmailAddress.normal(text);
        if (text != null && address == null) {
            item.mistake(name, ProblemCode.INVALID_RECIPIENT, name + " cannot be anybody's.");
        }
        if (user != null && !UserFields.isId(user)) {
            item.mistake("user", ProblemCode.NOT_ALLOWED, "user must be a user's id.");
        }
        if (item.isMissing("user") && item.isMissing(name)) {
            item.mistake("user", ProblemCode.MISSING, "A recipient is named by user or " + name + ".");
        }
        String locale = UserFields.locale(item);
        JsonObject data = item.object("data");
        if (data != null) {
            JsonFields given = new JsonFields(data, item.pointer("data"));
            DataFields.checkGiven(type, given);
            item.mistakesOf(given);
        }
        return new Tester(user, user == null, address, locale, data == null ? new JsonObject() : data);
    }

    /** With what is known of the user. */
    Tester known(@Nullable String itsAddress, @Nullable String itsLocale) {
        return new Tester(
                user, true, address == null ? itsAddress : address, locale == null ? itsLocale : locale, data);
    }
}
