package io.heliograph.gateway.notifications.deciding;

import io.heliograph.gateway.notifications.catalog.Template;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether and how a user is told of something by one channel. */
public sealed interface Decision {
    /** By messages, one to each of these addresses. */
    record Tell(List<String> addresses, Template template, SendTime when) implements Decision {}

    /** By the account's own webhook endpoints; {@code template} is null where the type has none for them. */
    record Post(@Nullable Template template) implements Decision {}

    record Skip(Reason reason) implements Decision {}

    /** Why a user is not told by a channel, or not yet. Its word is part of answers: it may not change. */
    public enum Reason {
        UNKNOWN_USER,
        /** Of a campaign: another row of its audience names the same user. */
        DUPLICATE,
        NO_ADDRESS,
        /** They have switched it off. */
        DISABLED_BY_USER,
        /** What needs their yes has not got it: SMS, and all that is promotional. */
        NOT_CONSENTED,
        NO_TEMPLATE,
        /** With these values the text is longer than the channel takes. */
        TEXT_TOO_LONG,
        /** With these values there is nothing to say. */
        EMPTY_TEXT,
        /** The template was changed meanwhile, and names what this event has not. */
        NOT_RENDERABLE,
        /** India's operators would refuse it: it does not fit its registered template. */
        DLT_MISMATCH,
        RECIPIENT_OPTED_OUT,
        WOULD_EXPIRE,
        /** They got as many today, or this month, as the account lets anybody have. */
        CAPPED,
        /** It waits for their morning. */
        QUIET_HOURS,
        /** It waits for the hours in which the law of their country allows promotions. */
        PROMOTIONAL_HOURS,
        /** It waits for its like. */
        DIGEST;

        private final String word = name().toLowerCase(Locale.ROOT);

        public String word() {
            return word;
        }
    }
}
