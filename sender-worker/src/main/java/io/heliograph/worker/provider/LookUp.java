package io.heliograph.worker.provider;

import java.util.List;

/** What a provider knows of a message whose outcome got lost. */
public sealed interface LookUp {
    /** Its time was over when the question was about to leave. */
    LookUp TOO_LATE = new Unavailable("too_late");

    /** The provider keeps our own id with the message, so there is no doubt: it has it, under this id. */
    record Found(String providerMessageId) implements LookUp {}

    /** The ids of everything at the provider that could be it: same people, same text, same minutes. Often empty. */
    record Seen(List<String> providerMessageIds) implements LookUp {
        public Seen {
            providerMessageIds = List.copyOf(providerMessageIds);
        }
    }

    /** The provider could not be asked. */
    record Unavailable(String cause) implements LookUp {}
}
