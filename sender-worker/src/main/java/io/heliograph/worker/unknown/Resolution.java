package io.heliograph.worker.unknown;

import java.time.Duration;

/** What is decided about a message whose outcome is unknown. */
sealed interface Resolution {
    /** The provider has it, under this id. */
    record ItIs(String providerMessageId) implements Resolution {}

    record LookAgain(Duration pause) implements Resolution {}

    /** Never twice: it fails, perhaps wrongly. */
    record GiveUp() implements Resolution {}

    /** At least once: it is sent again, perhaps a second time. */
    record SendAgain() implements Resolution {}
}
