package io.heliograph.worker.push;

import io.heliograph.worker.provider.Outgoing.Browser;
import io.vertx.core.buffer.Buffer;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.Base64;
import nl.martijndwars.webpush.AbstractPushService;
import nl.martijndwars.webpush.Encoding;
import nl.martijndwars.webpush.Utils;
import org.bouncycastle.jce.interfaces.ECPublicKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Encrypts for one browser what its push service shall not read (RFC 8291, aes128gcm), by the library. */
final class Encryption {
    static {
        // By this name the library asks for it.
        if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
            int _ = Security.addProvider(new BouncyCastleProvider());
        }
    }

    private Encryption() {}

    /** Throws {@link IllegalArgumentException} when the browser's keys are none. */
    static Buffer encrypt(byte[] payload, Browser browser) {
        try {
            ECPublicKey key = (ECPublicKey) Utils.loadPublicKey(browser.p256dh());
            byte[] auth = Base64.getUrlDecoder().decode(browser.auth());
            return Buffer.buffer(AbstractPushService.encrypt(payload, key, auth, Encoding.AES128GCM)
                    .getCiphertext());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Not the keys of a browser", e);
        }
    }
}
