package io.heliograph.worker.sms;

import static io.heliograph.worker.provider.Meaning.AMBIGUOUS;
import static io.heliograph.worker.provider.Meaning.BUSY;
import static io.heliograph.worker.provider.Meaning.CONFIGURATION;
import static io.heliograph.worker.provider.Meaning.MUCH_LATER;
import static io.heliograph.worker.provider.Meaning.OPTED_OUT;
import static io.heliograph.worker.provider.Meaning.PERMANENT;
import static io.heliograph.worker.provider.Meaning.SENDER;
import static io.heliograph.worker.provider.Meaning.SHUT_OUT;

import io.heliograph.worker.provider.Meaning;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's error codes and what they mean for a message, when they come as the answer to a send. Which codes come at
 * once and which only in a receipt differs with the sender, so those of receipts are here too.
 */
final class TwilioCodes {
    private static final Map<Integer, Meaning> MEANINGS = Map.ofEntries(
            Map.entry(20003, SHUT_OUT), // wrong credentials: the next message would fare no better
            Map.entry(20005, SHUT_OUT), // account not active
            Map.entry(20404, CONFIGURATION), // no such account path
            Map.entry(20422, PERMANENT),
            Map.entry(20429, BUSY), // the API's concurrency limit: documented as not processed
            Map.entry(20500, AMBIGUOUS),
            Map.entry(20503, AMBIGUOUS),
            Map.entry(21211, PERMANENT), // invalid To
            Map.entry(21212, SENDER), // invalid From
            Map.entry(21266, PERMANENT), // To is From
            Map.entry(21408, CONFIGURATION), // region not enabled
            Map.entry(21601, CONFIGURATION),
            Map.entry(21602, PERMANENT), // no body
            Map.entry(21603, CONFIGURATION),
            Map.entry(21604, PERMANENT),
            Map.entry(21606, SENDER), // From is not ours
            Map.entry(21608, PERMANENT), // trial account, To not verified
            Map.entry(21609, CONFIGURATION), // our callback URL
            Map.entry(21610, OPTED_OUT),
            Map.entry(21611, MUCH_LATER), // the sender's queue, which holds hours of traffic, is full
            Map.entry(21612, PERMANENT),
            Map.entry(21614, PERMANENT),
            Map.entry(21617, PERMANENT),
            Map.entry(21619, PERMANENT),
            Map.entry(21620, PERMANENT),
            Map.entry(21623, PERMANENT),
            Map.entry(21624, PERMANENT),
            Map.entry(21654, PERMANENT),
            Map.entry(21655, PERMANENT),
            Map.entry(21656, PERMANENT),
            Map.entry(21659, SENDER),
            Map.entry(21664, CONFIGURATION),
            Map.entry(21666, CONFIGURATION),
            Map.entry(21667, CONFIGURATION),
            Map.entry(21701, CONFIGURATION),
            Map.entry(21703, CONFIGURATION),
            Map.entry(21704, CONFIGURATION),
            Map.entry(21910, PERMANENT),
            Map.entry(30001, MUCH_LATER), // queue overflow
            Map.entry(30002, SHUT_OUT), // account suspended
            Map.entry(30003, MUCH_LATER), // handset unreachable
            Map.entry(30004, PERMANENT),
            Map.entry(30005, PERMANENT),
            Map.entry(30006, PERMANENT),
            Map.entry(30007, PERMANENT),
            Map.entry(30008, AMBIGUOUS), // "unknown error"
            Map.entry(30017, BUSY),
            Map.entry(30019, PERMANENT),
            Map.entry(30022, BUSY),
            Map.entry(30023, MUCH_LATER), // daily cap
            Map.entry(30027, MUCH_LATER),
            Map.entry(30032, SENDER),
            Map.entry(30034, SENDER),
            Map.entry(30036, PERMANENT), // its validity passed at Twilio
            Map.entry(30410, AMBIGUOUS), // the carrier timed out; Twilio does not repeat either
            Map.entry(30450, MUCH_LATER), // pumping protection, for a quarter of an hour or more
            Map.entry(30610, MUCH_LATER), // quiet hours
            Map.entry(30640, PERMANENT),
            Map.entry(63001, CONFIGURATION),
            Map.entry(63002, CONFIGURATION),
            Map.entry(63003, PERMANENT),
            Map.entry(63005, PERMANENT),
            Map.entry(63007, SENDER),
            Map.entry(63009, AMBIGUOUS), // the channel answered Twilio with a 5xx
            Map.entry(63010, AMBIGUOUS),
            Map.entry(63012, AMBIGUOUS),
            Map.entry(63013, PERMANENT),
            Map.entry(63014, OPTED_OUT),
            Map.entry(63015, CONFIGURATION),
            Map.entry(63016, PERMANENT), // outside WhatsApp's window: wants a template
            Map.entry(63017, BUSY),
            Map.entry(63018, BUSY),
            Map.entry(63019, PERMANENT),
            Map.entry(63021, PERMANENT),
            Map.entry(63024, PERMANENT),
            Map.entry(63026, PERMANENT),
            Map.entry(63027, CONFIGURATION),
            Map.entry(63028, CONFIGURATION),
            Map.entry(63032, PERMANENT),
            Map.entry(63033, OPTED_OUT),
            Map.entry(63036, PERMANENT),
            Map.entry(63038, MUCH_LATER), // the account's daily limit
            Map.entry(63040, CONFIGURATION),
            Map.entry(63041, CONFIGURATION),
            Map.entry(63042, CONFIGURATION),
            Map.entry(63049, PERMANENT),
            Map.entry(63051, CONFIGURATION));

    private TwilioCodes() {}

    /** Null for a code that is not in the table. */
    static @Nullable Meaning of(int code) {
        return MEANINGS.get(code);
    }
}
