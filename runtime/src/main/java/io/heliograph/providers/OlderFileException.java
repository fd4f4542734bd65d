package io.heliograph.providers;

/** The fleet has a newer file of providers in force, whose limits an older one must not replace. */
public final class OlderFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Zero is a file without a version. */
    public OlderFileException(int version, int versionInForce) {
        super((version == 0 ? "The file of providers has no version" : "The file of providers has version " + version)
                + ", and the fleet has version " + versionInForce
                + " in force. Give this worker the newer file; or, if this is the one that is wanted, a version from "
                + versionInForce + " on");
    }
}
