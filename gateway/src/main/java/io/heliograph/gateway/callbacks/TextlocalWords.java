package io.heliograph.gateway.callbacks;

import io.heliograph.contract.MessageStatus;
import io.heliograph.contract.Reason;
import io.heliograph.gateway.callbacks.ProviderWords.Word;
import java.util.Map;

/** Textlocal's letters. "?" is not among them: it says that nobody knows, and so changes nothing. */
final class TextlocalWords {
    private static final Map<String, Word> STATUSES = Map.of(
            "p", Word.of(MessageStatus.SENT), // pending
            "d", Word.of(MessageStatus.DELIVERED),
            "u", Word.of(MessageStatus.UNDELIVERED),
            "e", new Word(MessageStatus.UNDELIVERED, Reason.VALIDITY_PASSED),
            "i", new Word(MessageStatus.FAILED, Reason.RECIPIENT_UNREACHABLE)); // an invalid number

    static final ProviderWords WORDS = new ProviderWords("textlocal", STATUSES, Map.of());

    private TextlocalWords() {}
}
