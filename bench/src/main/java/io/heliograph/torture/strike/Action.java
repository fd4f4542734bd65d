package io.heliograph.torture.strike;

import java.util.Locale;

/** What is done to a victim. */
public enum Action {
    /** SIGKILL, and a start some time later. */
    KILL,
    /** SIGSTOP, and SIGCONT some time later. */
    FREEZE,
    /** SIGKILL, and a start with nothing of what it had; only for the broker, which may lose everything. */
    WIPE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
