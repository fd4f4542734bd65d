package io.heliograph.gateway.notifications.campaigns.audience;

import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.catalog.Variable;
import io.heliograph.gateway.notifications.catalog.VariableType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a file are, by its first line.
 *
 * @param size how many there are
 * @param variables by their names, with the column of each
 */
record AudienceHead(int size, int user, int address, String addressName, int locale, Map<String, Integer> variables) {
    static final String USER = "user";
    static final String LOCALE = "locale";
    /** Before a variable that is called like another column. */
    private static final String DATA = "data.";

    private static final int NONE = -1;
    /** Beside the one of the channel, whose column is for another one. */
    private static final Set<String> ADDRESSES = Set.of("phone", "email");

    /** Throws the problem of a line that is no head, with all its mistakes. */
    static AudienceHead read(List<String> names, NotificationType type, NotificationChannel channel) {
        String addressName = channel.goesToNumber() ? "phone" : "email";
        Map<String, Integer> plain = new LinkedHashMap<>();
        Map<String, Integer> variables = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        List<FieldMistake> mistakes = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).strip();
            String variable = name.startsWith(DATA) ? name.substring(DATA.length()) : name;
            boolean isPlain = name.equals(USER) || name.equals(LOCALE) || ADDRESSES.contains(name);
            if (!seen.add(name)) {
                mistakes.add(mistake(i, ProblemCode.REPEATED_PARAMETER, "This column is there twice."));
            } else if (isPlain) {
                plain.put(name, i);
            } else if (isScalar(type.variables().get(variable))) {
                variables.put(variable, i);
            } else {
                mistakes.add(mistake(i, ProblemCode.UNDECLARED_VARIABLE, known(type)));
            }
        }
        if (!plain.containsKey(USER) && !plain.containsKey(addressName)) {
            mistakes.add(mistake(
                    0, ProblemCode.MISSING, "A column names who is meant: user or " + addressName + ", or both."));
        }
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return new AudienceHead(
                names.size(),
                plain.getOrDefault(USER, NONE),
                plain.getOrDefault(addressName, NONE),
                addressName,
                plain.getOrDefault(LOCALE, NONE),
                variables);
    }

    private static boolean isScalar(@Nullable Variable variable) {
        return variable != null && variable.type() != VariableType.LIST;
    }

    private static String known(NotificationType type) {
        return "This column is not known here. Known are user, phone, email, locale, and the variables of "
                + type.name() + ": " + String.join(", ", type.variables().keySet()) + ".";
    }

    private static FieldMistake mistake(int column, ProblemCode code, String detail) {
        return FieldMistake.at("/columns/" + column, code, detail);
    }
}
