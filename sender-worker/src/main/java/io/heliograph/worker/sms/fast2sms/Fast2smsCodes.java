package io.heliograph.worker.sms.fast2sms;

import static io.heliograph.worker.provider.Meaning.CONFIGURATION;
import static io.heliograph.worker.provider.Meaning.MUCH_LATER;
import static io.heliograph.worker.provider.Meaning.PERMANENT;
import static io.heliograph.worker.provider.Meaning.RECIPIENT;
import static io.heliograph.worker.provider.Meaning.SENDER;
import static io.heliograph.worker.provider.Meaning.SHUT_OUT;

import io.heliograph.worker.provider.Meaning;
import java.util.Map;

/** Fast2SMS' codes and what they mean for a message. They look like HTTP's, and are not: 401 is a missing sender. */
final class Fast2smsCodes {
    private static final Map<Integer, Meaning> MEANINGS = Map.ofEntries(
            Map.entry(401, CONFIGURATION), // sender id missing
            Map.entry(402, PERMANENT), // text missing
            Map.entry(403, CONFIGURATION), // route missing
            Map.entry(404, PERMANENT), // language missing
            Map.entry(405, RECIPIENT), // numbers missing
            Map.entry(406, SENDER), // invalid sender id
            Map.entry(407, PERMANENT), // words that are not allowed
            Map.entry(408, CONFIGURATION), // invalid route
            Map.entry(409, CONFIGURATION), // a route that is not ours
            Map.entry(410, PERMANENT), // invalid language
            Map.entry(411, RECIPIENT), // invalid numbers: all are refused, and not said which is wrong
            Map.entry(412, SHUT_OUT), // invalid key
            Map.entry(413, SHUT_OUT), // key disabled
            Map.entry(414, SHUT_OUT), // our address is on a black list
            Map.entry(415, SHUT_OUT), // account disabled
            Map.entry(416, SHUT_OUT), // the wallet is empty: the messages wait until it is filled
            Map.entry(417, PERMANENT), // neither english nor unicode
            Map.entry(424, CONFIGURATION), // no such message id
            Map.entry(425, PERMANENT), // not as the template has it
            Map.entry(426, PERMANENT), // a link in a variable
            Map.entry(500, CONFIGURATION), // template or sender on the carriers' black list; no server error
            Map.entry(990, CONFIGURATION), // an API that is gone
            Map.entry(995, MUCH_LATER), // the same number too often
            Map.entry(996, SHUT_OUT), // account not verified
            Map.entry(997, PERMANENT), // otp takes digits only
            Map.entry(998, CONFIGURATION), // otp is not for many: use another route
            Map.entry(999, SHUT_OUT)); // nothing was ever paid

    private Fast2smsCodes() {}

    /** A code that is new to us is a refusal still: Fast2SMS said that it has taken nothing. */
    static Meaning of(int code) {
        return MEANINGS.getOrDefault(code, PERMANENT);
    }
}
