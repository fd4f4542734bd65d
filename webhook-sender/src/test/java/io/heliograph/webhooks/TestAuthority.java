package io.heliograph.webhooks;

import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A company's own certificate authority, made by the JDK's keytool. */
final class TestAuthority {
    private static final String PASSWORD = "only of this test";

    private final Path directory;
    private int certificates;

    TestAuthority(Path directory) throws Exception {
        this.directory = directory;
        keytool("-genkeypair", "-alias", "authority", "-dname", "CN=Authority", "-ext", "bc:c");
    }

    /** Its certificate, as it is given to those who shall trust it. */
    String pem() throws Exception {
        String file = directory.resolve("authority.pem").toString();
        keytool("-exportcert", "-rfc", "-alias", "authority", "-file", file);
        return file;
    }

    /** Of a host's name, for ten days that began so many days ago. */
    KeyCertOptions certificate(String host, int daysAgo) throws Exception {
        String alias = "certificate-" + certificates++;
        keytool(
                "-genkeypair",
                "-alias",
                alias,
                "-signer",
                "authority",
                "-dname",
                "CN=Receiver",
                "-ext",
                "san=dns:" + host,
                "-startdate",
                "-" + daysAgo + "d",
                "-validity",
                "10");
        return new PfxOptions().setPath(keys()).setPassword(PASSWORD).setAlias(alias);
    }

    private String keys() {
        return directory.resolve("keys.p12").toString();
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        Collections.addAll(command, arguments);
        Collections.addAll(command, "-keystore", keys(), "-storepass", PASSWORD);
        if (arguments[0].equals("-genkeypair")) {
            Collections.addAll(command, "-keyalg", "EC");
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed, see keytool.log");
        }
    }
}
