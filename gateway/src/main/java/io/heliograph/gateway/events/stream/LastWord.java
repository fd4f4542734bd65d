package io.heliograph.gateway.events.stream;

import java.util.Locale;

/** Why a stream is ended from our side, as its reader is told. */
enum LastWord {
    /** The gateway stops; another one goes on. */
    STOPPING(1001),
    /** What was sent was not read for too long. */
    TOO_SLOW(1013),
    /** The key is not valid any more, or may not read messages any more. */
    KEY_REVOKED(1008);

    private final short webSocketCode;

    LastWord(int webSocketCode) {
        this.webSocketCode = (short) webSocketCode;
    }

    short webSocketCode() {
        return webSocketCode;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
