package io.heliograph.worker.unknown;

import java.util.List;

/**
 * What speaks for a message having been sent.
 *
 * @param answered the provider could be asked; it may be one that has nothing to show
 * @param certain the provider names it by our own id
 * @param unclaimed ids at the provider that could be it and are not recorded for another attempt
 * @param rivalled a lost attempt at another message of ours could be any of these, too
 */
record Evidence(boolean answered, boolean certain, List<String> unclaimed, boolean rivalled) {
    static final Evidence UNANSWERED = new Evidence(false, false, List.of(), false);
    static final Evidence NONE = new Evidence(true, false, List.of(), false);

    Evidence {
        unclaimed = List.copyOf(unclaimed);
    }
}
