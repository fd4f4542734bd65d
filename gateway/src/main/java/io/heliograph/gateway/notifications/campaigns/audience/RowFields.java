package io.heliograph.gateway.notifications.campaigns.audience;

import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Texts;
import io.heliograph.gateway.messages.fields.EmailAddress;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.campaigns.Campaign.Wish;
import io.heliograph.gateway.notifications.catalog.Locales;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.catalog.Variable;
import io.heliograph.gateway.notifications.users.UserFields;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds the lines of a file against the type of its campaign: the first thing that is wrong with a line is told. */
final class RowFields {
    private static final int DATA_LENGTH_MAX = 4_096;

    /** What is wrong with a line; an expected answer, and no bug. */
    private static final class BrokenRowException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String field;
        private final ProblemCode code;

        BrokenRowException(String field, ProblemCode code, String detail) {
            super(detail, null, false, false);
            this.field = field;
            this.code = code;
        }
    }

    private final Wish wish;
    private final NotificationType type;
    private final Recipients recipients;

    RowFields(Wish wish, NotificationType type, Recipients recipients) {
        this.wish = wish;
        this.type = type;
        this.recipients = recipients;
    }

    AudienceRow read(int n, long line, AudienceHead head, List<String> cells) {
        try {
            return read(n, head, cells);
        } catch (BrokenRowException e) {
            return new AudienceRow.Broken(line, e.field, e.code, String.valueOf(e.getMessage()));
        }
    }

    private AudienceRow.Person read(int n, AudienceHead head, List<String> cells) throws BrokenRowException {
        if (cells.size() != head.size()) {
            throw new BrokenRowException(
                    "",
                    ProblemCode.WRONG_SIZE,
                    "The head has " + head.size() + " columns, and this line has another number.");
        }
        for (String cell : cells) {
            if (!Texts.isStorable(cell)) {
                throw new BrokenRowException("", ProblemCode.INVALID_TEXT, "It holds a NUL or half of a character.");
            }
        }
        String user = user(cell(cells, head.user()));
        String address = address(cell(cells, head.address()), head.addressName());
        if (user == null && address == null) {
            throw new BrokenRowException(
                    AudienceHead.USER,
                    ProblemCode.MISSING,
                    "It names neither a user nor a " + head.addressName() + ".");
        }
        return new AudienceRow.Person(n, user, address, locale(cell(cells, head.locale())), data(head, cells));
    }

    /** Null where there is nothing. */
    private static @Nullable String cell(List<String> cells, int column) {
        String text = column < 0 ? "" : cells.get(column).strip();
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String user(@Nullable String id) throws BrokenRowException {
        if (id != null && !UserFields.isId(id)) {
            throw new BrokenRowException(
                    AudienceHead.USER,
                    ProblemCode.NOT_ALLOWED,
                    "A user's id is 1 to 128 letters, digits and . _ @ : + - characters.");
        }
        return id;
    }

    private @Nullable String address(@Nullable String text, String name) throws BrokenRowException {
        if (text == null) {
            return null;
        }
        String normal = wish.channel().goesToNumber() ? recipients.e164(text) : EmailAddress.normal(text);
        if (normal == null) {
            throw new BrokenRowException(name, ProblemCode.INVALID_RECIPIENT, "It cannot be anybody's " + name + ".");
        }
        return normal;
    }

    private static @Nullable String locale(@Nullable String tag) throws BrokenRowException {
        String normal = tag == null ? null : Locales.normal(tag);
        if (tag != null && normal == null) {
            throw new BrokenRowException(
                    AudienceHead.LOCALE, ProblemCode.NOT_ALLOWED, "It must be a language tag, such as en or hi-IN.");
        }
        return normal;
    }

    private @Nullable JsonObject data(AudienceHead head, List<String> cells) throws BrokenRowException {
        JsonObject data = new JsonObject();
        for (Map.Entry<String, Variable> declared : type.variables().entrySet()) {
            String name = declared.getKey();
            String text = cell(cells, head.variables().getOrDefault(name, -1));
            if (text != null) {
                data.put(name, value(name, declared.getValue(), text));
            } else if (!declared.getValue().optional() && wish.data().getValue(name) == null) {
                throw new BrokenRowException(
                        name,
                        ProblemCode.MISSING,
                        name + " is a variable of " + type.name() + ", and has no value here.");
            }
        }
        if (data.isEmpty()) {
            return null;
        }
        if (data.encode().length() > DATA_LENGTH_MAX) {
            throw new BrokenRowException(
                    "", ProblemCode.TOO_LONG, "Its values are longer than " + DATA_LENGTH_MAX + " characters of JSON.");
        }
        return data;
    }

    private static Object value(String name, Variable variable, String text) throws BrokenRowException {
        Object value = switch (variable.type()) {
            case TEXT, URL -> text;
            case NUMBER -> number(text);
            case FLAG -> flag(text);
            case LIST -> text;
        };
        if (!variable.type().takes(value)) {
            throw new BrokenRowException(
                    name,
                    ProblemCode.WRONG_TYPE,
                    name + " must be " + variable.type().expected() + ".");
        }
        return value;
    }

    private static Object flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> text;
        };
    }

    private static Object finite(double number, String text) {
        return Double.isFinite(number) ? (Object) number : text;
    }

    /** As JSON would have it; the text where it is none. */
    private static Object number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            return number.scale() <= 0 && number.precision() - number.scale() <= 18
                    ? (Object) number.longValueExact()
                    : finite(number.doubleValue(), text);
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
