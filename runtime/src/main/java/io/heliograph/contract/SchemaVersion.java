package io.heliograph.contract;

/** The oldest schema that these processes can work on: the number of the last migration that they need. */
public final class SchemaVersion {
    public static final int REQUIRED = 57;

    private SchemaVersion() {}
}
