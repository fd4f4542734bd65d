package io.heliograph.gateway.callbacks;

import io.heliograph.contract.MessageStatus;
import io.heliograph.contract.Reason;
import io.heliograph.gateway.callbacks.ProviderWords.Word;
import java.util.Map;

/** Fast2SMS's, of which no complete list is published: a word that is not here is kept and changes nothing. */
final class Fast2SmsWords {
    private static final Map<String, Word> STATUSES = Map.ofEntries(
            Map.entry("submitted", Word.of(MessageStatus.SENT)),
            Map.entry("queued", Word.of(MessageStatus.SENT)),
            Map.entry("pending", Word.of(MessageStatus.SENT)),
            Map.entry("sent", Word.of(MessageStatus.SENT)),
            Map.entry("delivered", Word.of(MessageStatus.DELIVERED)),
            // They had taken it: that it failed is the carrier's word.
            Map.entry("failed", Word.of(MessageStatus.UNDELIVERED)),
            Map.entry("undelivered", Word.of(MessageStatus.UNDELIVERED)),
            Map.entry("expired", new Word(MessageStatus.UNDELIVERED, Reason.VALIDITY_PASSED)),
            // The recipient stands in India's register of those who want no advertising. Other messages are welcome:
            // nobody is suppressed for it.
            Map.entry("dnd", new Word(MessageStatus.UNDELIVERED, Reason.RECIPIENT_UNREACHABLE)),
            Map.entry("rejected", Word.of(MessageStatus.FAILED)));

    /** The failure_reason of a receipt. */
    private static final Map<String, Reason> REASONS =
            Map.of("dnd", Reason.RECIPIENT_UNREACHABLE, "ndnc", Reason.RECIPIENT_UNREACHABLE);

    static final ProviderWords WORDS = new ProviderWords("fast2sms", STATUSES, REASONS);

    private Fast2SmsWords() {}
}
