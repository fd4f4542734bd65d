package io.heliograph.gateway.notifications.users;

import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.gateway.messages.fields.EmailAddress;
import io.heliograph.gateway.messages.fields.Recipients;
import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which users to list, in the order of their ids; {@code after} is outside. */
record UserFilter(
        String after, @Nullable String phone, @Nullable String email, int limit) {
    private static final int LIMIT_MAX = 200;
    private static final int LIMIT_DEFAULT = 50;
    private static final int ID_LENGTH_MAX = 128;

    /** Throws the problem of a query that is not one, with all its mistakes. */
    static UserFilter read(MultiMap parameters, Recipients recipients) {
        QueryFields query = new QueryFields(parameters);
        UserFilter filter = new UserFilter(
                after(query),
                phone(query, recipients),
                email(query),
                query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX));
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return filter;
    }

    private static String after(QueryFields query) {
        String cursor = query.text("cursor", ID_LENGTH_MAX);
        // A plus sign that was not escaped arrives as a space, and no id has one.
        String id = cursor == null ? "" : cursor.replace(' ', '+');
        if (cursor != null && !UserFields.isId(id)) {
            query.mistake("cursor", ProblemCode.INVALID_CURSOR, "cursor must be the next_cursor of an earlier page.");
        }
        return id;
    }

    private static @Nullable String phone(QueryFields query, Recipients recipients) {
        String text = query.text("phone", UserFields.NUMBER_LENGTH_MAX);
        String number = text == null ? null : recipients.e164(text.startsWith(" ") ? "+" + text.strip() : text);
        if (text != null && number == null) {
            query.mistake("phone", ProblemCode.INVALID_RECIPIENT, "phone cannot be a phone number.");
        }
        return number;
    }

    private static @Nullable String email(QueryFields query) {
        String text = query.text("email", UserFields.EMAIL_LENGTH_MAX);
        String address = text == null ? null : EmailAddress.normal(text.replace(' ', '+'));
        if (text != null && address == null) {
            query.mistake("email", ProblemCode.INVALID_RECIPIENT, "email cannot be an email address.");
        }
        return address;
    }
}
