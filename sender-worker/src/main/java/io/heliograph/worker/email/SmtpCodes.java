package io.heliograph.worker.email;

import static io.heliograph.worker.provider.Meaning.BUSY;
import static io.heliograph.worker.provider.Meaning.CONFIGURATION;
import static io.heliograph.worker.provider.Meaning.MUCH_LATER;
import static io.heliograph.worker.provider.Meaning.PERMANENT;
import static io.heliograph.worker.provider.Meaning.SHUT_OUT;

import io.heliograph.worker.provider.Meaning;
import java.util.Map;

/**
 * The reply codes of SMTP. Each ends the matter: whatever the server says no to, even after it was given the whole email,
 * it has not taken.
 */
final class SmtpCodes {
    private static final Map<Integer, Meaning> OF_AN_EMAIL = Map.ofEntries(
            Map.entry(421, BUSY), // the server is closing the connection
            Map.entry(450, MUCH_LATER), // mailbox busy, or we are not known yet: come back in some minutes
            Map.entry(451, MUCH_LATER), // likewise, in the words of other servers
            Map.entry(452, MUCH_LATER), // no room, or enough for today
            Map.entry(454, BUSY), // cannot check a login now
            Map.entry(503, CONFIGURATION), // bad sequence: the server wanted something else before
            Map.entry(521, PERMANENT), // a host that takes no email
            Map.entry(530, SHUT_OUT), // login or encryption wanted
            Map.entry(534, SHUT_OUT), // another kind of login wanted
            Map.entry(535, SHUT_OUT), // wrong login
            Map.entry(538, SHUT_OUT), // encryption wanted for the login
            Map.entry(550, PERMANENT), // no such mailbox, or not from us
            Map.entry(551, PERMANENT), // not here
            Map.entry(552, PERMANENT), // mailbox full, or email too large
            Map.entry(553, PERMANENT), // not an address, or not one that we may send from
            Map.entry(554, PERMANENT), // refused, mostly for what it says
            Map.entry(555, CONFIGURATION), // an extension that the server does not know
            Map.entry(556, PERMANENT)); // a domain that takes no email

    private SmtpCodes() {}

    static Meaning ofEmail(int code) {
        return OF_AN_EMAIL.getOrDefault(code, code < 500 ? MUCH_LATER : PERMANENT);
    }

    /** Said before any email was spoken of: about us, then, and no message's fault. */
    static Meaning ofConnection(int code) {
        return code < 500 ? BUSY : SHUT_OUT;
    }
}
