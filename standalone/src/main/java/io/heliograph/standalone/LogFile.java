package io.heliograph.standalone;

import java.nio.file.Path;

/** Sends the log to a file. It has to be said before the first logger is made, so this class has none. */
final class LogFile {
    private LogFile() {}

    static void use(Path file) {
        // logback.xml includes io/heliograph/logback-file.xml for this format, which reads the other property.
        System.setProperty("HELIOGRAPH_LOG_FORMAT", "file");
        System.setProperty("HELIOGRAPH_LOG_FILE", file.toString());
    }
}
