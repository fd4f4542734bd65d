package io.heliograph.worker.sms.textlocal;

import static io.heliograph.worker.provider.Meaning.CONFIGURATION;
import static io.heliograph.worker.provider.Meaning.MUCH_LATER;
import static io.heliograph.worker.provider.Meaning.PERMANENT;
import static io.heliograph.worker.provider.Meaning.RECIPIENT;
import static io.heliograph.worker.provider.Meaning.SENDER;
import static io.heliograph.worker.provider.Meaning.SHUT_OUT;

import io.heliograph.worker.provider.Meaning;
import java.util.Map;

/** Textlocal's codes and what they mean for a message. They come with HTTP 200. */
final class TextlocalCodes {
    private static final Map<Integer, Meaning> MEANINGS = Map.ofEntries(
            Map.entry(1, CONFIGURATION), // no command: our base URL is wrong
            Map.entry(2, CONFIGURATION), // a command that it does not know: likewise
            Map.entry(3, SHUT_OUT), // wrong login. As a warning, the same number is an invalid recipient
            Map.entry(4, RECIPIENT), // no recipients
            Map.entry(5, PERMANENT), // no text
            Map.entry(6, PERMANENT), // too long
            Map.entry(7, SHUT_OUT), // no credits: the messages wait until there are
            Map.entry(8, PERMANENT),
            Map.entry(9, PERMANENT),
            Map.entry(10, CONFIGURATION),
            Map.entry(11, CONFIGURATION),
            Map.entry(15, PERMANENT), // JSON that it cannot read
            Map.entry(32, RECIPIENT), // a number that is not one
            Map.entry(33, CONFIGURATION), // too many numbers: make the calls smaller
            Map.entry(34, CONFIGURATION),
            Map.entry(43, SENDER), // invalid sender
            Map.entry(44, CONFIGURATION), // no sender
            Map.entry(51, RECIPIENT), // no valid numbers
            Map.entry(191, MUCH_LATER), // outside of the hours that are allowed
            Map.entry(192, MUCH_LATER), // India's hours for promotional messages
            Map.entry(202, RECIPIENT), // duplicate or invalid number
            Map.entry(204, CONFIGURATION)); // not as the registered template has it; widely quoted, in no manual

    private TextlocalCodes() {}

    /** A code that is new to us is a refusal still: Textlocal said that it has taken nothing. */
    static Meaning of(int code) {
        return MEANINGS.getOrDefault(code, PERMANENT);
    }
}
