package io.heliograph.gateway.callbacks;

import static io.heliograph.contract.Reason.PROVIDER_CONFIGURATION;
import static io.heliograph.contract.Reason.RECIPIENT_OPTED_OUT;
import static io.heliograph.contract.Reason.RECIPIENT_UNREACHABLE;
import static io.heliograph.contract.Reason.VALIDITY_PASSED;

import io.heliograph.contract.MessageStatus;
import io.heliograph.contract.Reason;
import io.heliograph.gateway.callbacks.ProviderWords.Word;
import java.util.Map;

/** Plivo's. */
final class PlivoWords {
    private static final Map<String, Word> STATUSES = Map.of(
            // Plivo has it and is working on it: to us that is sent, for our part is done.
            "queued", Word.of(MessageStatus.SENT),
            "sent", Word.of(MessageStatus.SENT),
            "delivered", Word.of(MessageStatus.DELIVERED),
            "read", Word.of(MessageStatus.READ),
            "undelivered", Word.of(MessageStatus.UNDELIVERED),
            "failed", Word.of(MessageStatus.FAILED),
            "rejected", Word.of(MessageStatus.FAILED));

    private static final Map<String, Reason> REASONS = Map.ofEntries(
            Map.entry("40", PROVIDER_CONFIGURATION), // the sender is not ours, or cannot send
            Map.entry("50", RECIPIENT_UNREACHABLE), // no such number
            Map.entry("70", RECIPIENT_UNREACHABLE), // gone for good
            Map.entry("200", RECIPIENT_OPTED_OUT), // STOP
            Map.entry("420", VALIDITY_PASSED), // at Plivo
            Map.entry("450", PROVIDER_CONFIGURATION), // country not enabled
            Map.entry("900", PROVIDER_CONFIGURATION), // credit used up
            Map.entry("910", PROVIDER_CONFIGURATION)); // account disabled

    static final ProviderWords WORDS = new ProviderWords("plivo", STATUSES, REASONS);

    private PlivoWords() {}
}
