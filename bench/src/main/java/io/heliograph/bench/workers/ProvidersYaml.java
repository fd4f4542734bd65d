package io.heliograph.bench.workers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file that workers read, now and whenever it changes: one provider, which is the simulator at that URL. */
record ProvidersYaml(Path file, String simulatorUrl) {
    private static final String CONTENT = """
        providers:
          twilio:
            kind: twilio
            base_url: URL
            account_sid: AC00000000000000000000000000000001
            auth_token: heliograph-simulator-token-0000000
            from: "+15005550006"
            limits: {LIMITS}
        routes: {sms: twilio}
        """;

    /** At once as a whole, so that nobody reads half of it. */
    void write(String limits) throws IOException {
        Path next = Files.writeString(
                file.resolveSibling(file.getFileName() + ".next"),
                CONTENT.replace("URL", simulatorUrl).replace("LIMITS", limits));
        Path _ = Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
