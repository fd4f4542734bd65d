package io.heliograph.worker.sms.plivo;

import static io.heliograph.worker.provider.Meaning.CONFIGURATION;
import static io.heliograph.worker.provider.Meaning.MUCH_LATER;
import static io.heliograph.worker.provider.Meaning.OPTED_OUT;
import static io.heliograph.worker.provider.Meaning.PERMANENT;
import static io.heliograph.worker.provider.Meaning.RECIPIENT;
import static io.heliograph.worker.provider.Meaning.SENDER;
import static io.heliograph.worker.provider.Meaning.SHUT_OUT;

import io.heliograph.worker.provider.Meaning;
import java.util.List;
import java.util.Locale;

/**
 * What Plivo says when it refuses a call, and what that means. It says so in words: its numbered codes come in receipts
 * only. The code is ours, because the words may hold a number, which belongs into no attempt and no log.
 */
record PlivoError(String code, Meaning meaning, List<String> parts) {
    /** The first that has a part of the words decides. */
    private static final List<PlivoError> KNOWN = List.of(
            error("authentication", SHUT_OUT, "authenticat", "could not verify your access"),
            // Both spellings are seen. The account is topped up some day, so the messages wait.
            error("no_credit", SHUT_OUT, "insufficientcredit", "insufficient credit", "insufficient balance"),
            error("account", SHUT_OUT, "account is inactive", "account suspended", "account is blocked"),
            error("opted_out", OPTED_OUT, "opted out", "opt-out", "unsubscribed"),
            error("daily_limit", MUCH_LATER, "daily limit", "quota"),
            error("sender", SENDER, "src ", "src'", "source", "sender", "powerpack", "from number"),
            error("country", CONFIGURATION, "country", "region", "geo permission", "not enabled"),
            error("callback", CONFIGURATION, "url"),
            error("number", RECIPIENT, "valid phone number", "invalid number", "dst", "destination"),
            error("account_path", CONFIGURATION, "not found", "not allowed"),
            error("content", PERMANENT, "text", "too long", "media"));

    /** Plivo refused, so it has taken nothing; it would not next time. */
    private static final PlivoError OTHER = error("other", PERMANENT);

    static PlivoError of(String words) {
        String text = words.toLowerCase(Locale.ROOT);
        return KNOWN.stream()
                .filter(error -> error.parts.stream().anyMatch(text::contains))
                .findFirst()
                .orElse(OTHER);
    }

    private static PlivoError error(String code, Meaning meaning, String... parts) {
        return new PlivoError(code, meaning, List.of(parts));
    }
}
