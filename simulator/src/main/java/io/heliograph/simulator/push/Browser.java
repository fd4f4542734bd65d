package io.heliograph.simulator.push;

import io.heliograph.contract.P256;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** One that has subscribed: it alone can read what is sent to it (RFC 8291, with what the JDK has). */
public final class Browser {
    private static final int AUTH_BYTES = 16;
    private static final int SALT_BYTES = 16;
    private static final int SIZE_BYTES = 4;
    private static final int POINT_BYTES = 65;
    private static final int HEADER_BYTES = SALT_BYTES + SIZE_BYTES + 1 + POINT_BYTES;
    private static final int TAG_BITS = 128;
    private static final int TAG_BYTES = TAG_BITS / Byte.SIZE;
    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int SECRET_BYTES = 32;
    /** Stands behind the text of the last record. */
    private static final byte END = 2;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final ECPublicKey publicKey;
    private final ECPrivateKey privateKey;
    private final byte[] auth;

    private Browser(ECPublicKey publicKey, ECPrivateKey privateKey, byte[] auth) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
        this.auth = auth;
    }

    public static Browser make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] auth = new byte[AUTH_BYTES];
            new SecureRandom().nextBytes(auth);
            return new Browser((ECPublicKey) pair.getPublic(), (ECPrivateKey) pair.getPrivate(), auth);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has this curve", e);
        }
    }

    /** As its {@code PushSubscription.toJSON()} gives it. */
    public JsonObject subscription(String endpoint) {
        return new JsonObject()
                .put("endpoint", endpoint)
                .putNull("expirationTime")
                .put(
                        "keys",
                        new JsonObject().put("p256dh", P256.text(publicKey)).put("auth", BASE64.encodeToString(auth)));
    }

    /** Null when it was not encrypted for this browser. */
    public @Nullable String read(Buffer body) {
        byte[] bytes = body.getBytes();
        if (bytes.length <= HEADER_BYTES + TAG_BYTES || bytes[SALT_BYTES + SIZE_BYTES] != POINT_BYTES) {
            return null;
        }
        byte[] salt = Arrays.copyOf(bytes, SALT_BYTES);
        byte[] sender = Arrays.copyOfRange(bytes, SALT_BYTES + SIZE_BYTES + 1, HEADER_BYTES);
        try {
            byte[] padded = decrypt(salt, secret(sender), Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length));
            int end = padded.length - 1;
            while (end > 0 && padded[end] == 0) {
                end--;
            }
            return padded[end] == END ? new String(padded, 0, end, StandardCharsets.UTF_8) : null;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    /** What both ends come to, each with the other's public key. */
    private SecretKey secret(byte[] sender) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(privateKey);
        Object _ = agreement.doPhase(P256.publicKey(BASE64.encodeToString(sender)), true);
        Buffer context = Buffer.buffer("WebPush: info\0")
                .appendBytes(Base64.getUrlDecoder().decode(P256.text(publicKey)))
                .appendBytes(sender);
        return new SecretKeySpec(derive(agreement.generateSecret(), auth, context.getBytes(), SECRET_BYTES), "Generic");
    }

    private static byte[] decrypt(byte[] salt, SecretKey secret, byte[] record) throws GeneralSecurityException {
        byte[] key = derive(
                secret.getEncoded(),
                salt,
                "Content-Encoding: aes128gcm\0".getBytes(StandardCharsets.US_ASCII),
                KEY_BYTES);
        byte[] nonce = derive(
                secret.getEncoded(),
                salt,
                "Content-Encoding: nonce\0".getBytes(StandardCharsets.US_ASCII),
                NONCE_BYTES);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher.doFinal(record);
    }

    private static byte[] derive(byte[] input, byte[] salt, byte[] info, int length) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract()
                        .addIKM(input)
                        .addSalt(salt)
                        .thenExpand(info, length));
    }
}
