package io.heliograph.standalone.embedded;

import java.nio.file.Path;

/** Where the tests of this module keep PostgreSQL's programs, so that they are unpacked once. */
final class TestPostgres {
    static final Path CACHE = Path.of("target", "postgresql").toAbsolutePath();

    private TestPostgres() {}
}
