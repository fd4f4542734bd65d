package io.heliograph.worker;

import io.heliograph.contract.P256;
import io.heliograph.runtime.CommandLine;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.List;

/**
 * {@code ./heliograph vapid-keys}: makes the pair by which push services know an installation, and prints it as two variables. Browsers
 * subscribe with the public one, so the pair is kept for as long as they.
 */
public final class MakeVapidKeys {
    private static final String USAGE = """
            Usage: heliograph vapid-keys

            Makes the pair of keys by which push services know you, and prints it as two variables.""";

    private MakeVapidKeys() {}

    @SuppressWarnings("SystemOut") // This is a command; its answer goes into a file.
    public static void main(String[] arguments) {
        if (CommandLine.asksForHelp(List.of(arguments))) {
            System.out.println(USAGE);
            return;
        }
        if (arguments.length > 0) {
            System.err.println(USAGE);
            System.exit(2);
        }
        System.out.println(text());
    }

    static String text() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return "VAPID_PUBLIC_KEY=" + P256.text((ECPublicKey) pair.getPublic()) + "\nVAPID_PRIVATE_KEY="
                    + P256.text((ECPrivateKey) pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has this curve", e);
        }
    }
}
