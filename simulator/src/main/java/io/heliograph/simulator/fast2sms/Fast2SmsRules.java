package io.heliograph.simulator.fast2sms;

import io.heliograph.simulator.calls.Problem;
import io.heliograph.simulator.calls.Wanted;
import io.heliograph.simulator.http.Form;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether what a call asks for is well-formed: each route wants other parameters. */
final class Fast2SmsRules {
    private static final Set<String> ROUTES = Set.of("q", "dlt", "dlt_manual", "otp");
    private static final Set<String> MANY_PARTS = Set.of("dlt", "dlt_manual");
    private static final Set<String> LANGUAGES = Set.of("english", "unicode");
    private static final Pattern SENDER = Pattern.compile("[A-Za-z]{3,6}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private Fast2SmsRules() {}

    /** The first thing that is wrong, or null. */
    static @Nullable Problem check(Fast2SmsRequest request) {
        String route = request.form().given("route");
        if (route == null) {
            return Fast2SmsCodes.problem(403);
        }
        boolean many = request.form().given("requests") != null;
        if (!ROUTES.contains(route) || (many && !MANY_PARTS.contains(route))) {
            return Fast2SmsCodes.problem(408);
        }
        for (Form part : request.parts()) {
            int code = code(route, part);
            if (code != 0) {
                return Fast2SmsCodes.problem(code);
            }
        }
        return recipients(route, request);
    }

    private static @Nullable Problem recipients(String route, Fast2SmsRequest request) {
        if (request.wanted().isEmpty()) {
            return Fast2SmsCodes.problem(405);
        }
        if (!request.wanted().stream().allMatch(Wanted::valid)) {
            return Fast2SmsCodes.problem(411);
        }
        return route.equals("otp") && request.wanted().size() > 1 ? Fast2SmsCodes.problem(998) : null;
    }

    /** Of what is wrong with one part, or 0. */
    private static int code(String route, Form part) {
        int code = switch (route) {
            case "q" -> quick(part);
            case "dlt" -> dlt(part);
            case "dlt_manual" -> manual(part);
            default -> otp(part);
        };
        return code == 0 && part.given("numbers") == null ? 405 : code;
    }

    private static int quick(Form part) {
        if (part.given("message") == null) {
            return 402;
        }
        String language = part.given("language");
        return language == null || LANGUAGES.contains(language) ? 0 : 417;
    }

    private static int dlt(Form part) {
        int code = sender(part);
        if (code != 0) {
            return code;
        }
        String message = part.given("message");
        if (message == null) {
            return 402;
        }
        if (!DIGITS.matcher(message).matches()) {
            return 424;
        }
        return part.get("variables_values") == null ? 425 : 0;
    }

    private static int manual(Form part) {
        int code = sender(part);
        if (code != 0) {
            return code;
        }
        if (part.given("message") == null) {
            return 402;
        }
        return part.given("template_id") == null ? 425 : 0;
    }

    private static int otp(Form part) {
        String variables = part.given("variables_values");
        if (variables == null) {
            return 402;
        }
        return DIGITS.matcher(variables).matches() ? 0 : 997;
    }

    private static int sender(Form part) {
        String sender = part.given("sender_id");
        if (sender == null) {
            return 401;
        }
        return SENDER.matcher(sender).matches() ? 0 : 406;
    }
}
