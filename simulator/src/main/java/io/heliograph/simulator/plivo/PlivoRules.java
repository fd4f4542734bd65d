package io.heliograph.simulator.plivo;

import io.heliograph.simulator.calls.Problem;
import io.heliograph.simulator.calls.Segments;
import io.heliograph.simulator.calls.Wanted;
import io.heliograph.simulator.http.Form;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether what a call asks for is well-formed. Recipients that are no numbers are sorted out one by one, not here. */
final class PlivoRules {
    private static final int RECIPIENTS_MAX = 1_000;
    private static final int CHARACTERS_MAX = 1_600;
    private static final int UNICODE_CHARACTERS_MAX = 737;
    private static final Pattern SENDER = Pattern.compile("\\+?[0-9]{3,15}|[A-Za-z0-9 ]{1,11}");
    private static final Set<String> TYPES = Set.of("sms", "mms", "whatsapp");
    private static final Set<String> METHODS = Set.of("GET", "POST");

    private PlivoRules() {}

    /** The first thing that is wrong, or null. */
    static @Nullable Problem check(PlivoRequest request) {
        Problem problem = missing(request);
        if (problem == null) {
            problem = text(request);
        }
        return problem != null ? problem : options(request);
    }

    private static @Nullable Problem missing(PlivoRequest request) {
        Form form = request.form();
        if (request.sender() == null) {
            return invalid("src or powerpack_uuid parameter is required");
        }
        if (form.given("dst") == null) {
            return invalid("dst parameter is required");
        }
        if (request.wanted().size() > RECIPIENTS_MAX) {
            return invalid("dst parameter accepts up to 1000 unique destination numbers");
        }
        String source = form.given("src");
        if (source != null && !SENDER.matcher(source).matches()) {
            return invalid(source + " is not a valid source number");
        }
        return source != null && request.wanted().stream().allMatch(wanted -> isSame(wanted, source))
                ? invalid("src and dst cannot be the same")
                : null;
    }

    private static boolean isSame(Wanted wanted, String source) {
        return wanted.to().equals(source) || wanted.to().equals('+' + source);
    }

    private static @Nullable Problem text(PlivoRequest request) {
        String text = request.form().given("text");
        if (text == null) {
            boolean other = request.form().given("media_urls") != null
                    || request.form().given("template") != null
                    || request.form().given("interactive") != null;
            return other ? null : invalid("text parameter is required");
        }
        int max = Segments.isGsm(text) ? CHARACTERS_MAX : UNICODE_CHARACTERS_MAX;
        return text.codePointCount(0, text.length()) > max
                ? invalid("text parameter accepts up to " + max + " characters")
                : null;
    }

    private static @Nullable Problem options(PlivoRequest request) {
        String type = request.form().given("type");
        if (type != null && !TYPES.contains(type)) {
            return invalid("type parameter is not valid");
        }
        if (!METHODS.contains(request.method())) {
            return invalid("method parameter is not valid");
        }
        return request.url() == null || isUrl(request.url()) ? null : invalid("url parameter is not valid");
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = URI.create(text);
            return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Problem invalid(String what) {
        return new Problem(400, 0, what);
    }
}
