package io.heliograph.gateway.callbacks;

import io.heliograph.contract.MessageStatus;
import io.heliograph.contract.Reason;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A provider's words for where a message is, and ours; and those of its codes that say more than that a message was refused.
 * Case does not count.
 */
record ProviderWords(String provider, Map<String, Word> statuses, Map<String, Reason> reasons) {
    /** What a word means, and why where it tells. */
    record Word(MessageStatus status, @Nullable Reason reason) {
        static Word of(MessageStatus status) {
            return new Word(status, null);
        }
    }

    /** By the name that is stored with a callback. */
    static ProviderWords of(String provider) {
        // Not a table: it would be built while one of those in it is, and find that one missing.
        return switch (provider) {
            case "twilio" -> TwilioWords.WORDS;
            case "plivo" -> PlivoWords.WORDS;
            case "fast2sms" -> Fast2SmsWords.WORDS;
            case "textlocal" -> TextlocalWords.WORDS;
            // Stored by a gateway of another release: its words are not known here, and must not stand in others' way.
            default -> new ProviderWords(provider, Map.of(), Map.of());
        };
    }

    /** Null for a word that the provider did not have when this was written. */
    @Nullable
    MessageStatus status(String word) {
        Word known = statuses.get(normal(word));
        return known == null ? null : known.status();
    }

    /** Whether a code beside the word tells what went wrong: beside good news it only says once more that it went well. */
    boolean isBadNews(String word) {
        Word known = statuses.get(normal(word));
        return known != null && (known.status() == MessageStatus.FAILED || known.status() == MessageStatus.UNDELIVERED);
    }

    /** Null when neither word nor code tells more than the status does. */
    @Nullable
    Reason reason(String word, @Nullable String code) {
        Reason byCode = code == null ? null : reasons.get(normal(code));
        Word known = statuses.get(normal(word));
        return byCode != null || known == null ? byCode : known.reason();
    }

    private static String normal(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
