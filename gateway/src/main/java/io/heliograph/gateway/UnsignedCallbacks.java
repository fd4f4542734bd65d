package io.heliograph.gateway;

import io.heliograph.gateway.callbacks.CallbackRoutes;
import io.heliograph.gateway.callbacks.Fast2SmsFields;
import io.heliograph.runtime.Environment;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is configured about callbacks of providers that sign nothing. */
final class UnsignedCallbacks {
    /** It stands in a path, and must not be guessed. */
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{16,200}");

    private UnsignedCallbacks() {}

    static CallbackRoutes.Unsigned read(Environment environment) {
        List<String> secrets = Stream.of("HELIOGRAPH_CALLBACK_SECRET", "HELIOGRAPH_CALLBACK_SECRET_PREVIOUS")
                .flatMap(name -> secret(environment, name))
                .toList();
        return new CallbackRoutes.Unsigned(
                secrets,
                networks(environment, "HELIOGRAPH_CALLBACK_ALLOW"),
                networks(environment, "HELIOGRAPH_TRUSTED_PROXIES"),
                fast2SmsFields(environment));
    }

    private static Stream<String> secret(Environment environment, String name) {
        String secret = environment.secret(name);
        if (secret != null && !SECRET.matcher(secret).matches()) {
            environment.mistake(name, "wants 16 to 200 letters, digits, hyphens and underscores, at random");
        }
        return Stream.ofNullable(secret);
    }

    private static List<String> networks(Environment environment, String name) {
        List<String> networks = Arrays.stream(environment.text(name, "").split(",", -1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
        networks.stream()
                .filter(text -> !CallbackRoutes.isNetwork(text))
                .forEach(text -> environment.mistake(
                        name, "wants networks such as 203.0.113.0/24,2001:db8::/32, got \"" + text + "\""));
        return networks;
    }

    private static Fast2SmsFields fast2SmsFields(Environment environment) {
        String name = "HELIOGRAPH_FAST2SMS_FIELDS";
        String text = environment.text(name, "");
        try {
            return text.isEmpty() ? Fast2SmsFields.USUAL : Fast2SmsFields.parse(text);
        } catch (IllegalArgumentException e) {
            environment.mistake(name, "wants " + Fast2SmsFields.SHAPE + ", got \"" + text + "\"");
            return Fast2SmsFields.USUAL;
        }
    }
}
