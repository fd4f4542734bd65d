package io.heliograph.gateway.sos.telling;

import java.util.Locale;

/** What is said about a request for blood; each has a type with templates, which an account may word anew. */
public enum Say {
    ALERT,
    OVER,
    DONOR_FOUND,
    DONOR_WITHDREW,
    /** To a donor who has said YES: may the patient call? */
    REPLY_YES,
    REPLY_SHARED,
    REPLY_NO,
    REPLY_LATE,
    /** To a donor who has been asked for several, and has not said for which this is. */
    REPLY_WHICH,
    REPLY_UNCLEAR,
    /** The same to strangers, to wrong tokens and to old ones: so nobody learns which. */
    REPLY_UNKNOWN;

    public String type() {
        return "sos_" + name().toLowerCase(Locale.ROOT);
    }
}
