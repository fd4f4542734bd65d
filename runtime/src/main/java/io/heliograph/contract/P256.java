package io.heliograph.contract;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.util.Arrays;
import java.util.Base64;

/** Keys on the curve of Web Push, in the form in which browsers and push services write them: base64url, without padding. */
public final class P256 {
    private static final ECParameterSpec CURVE = curve();
    private static final BigInteger PRIME =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

    private static final int NUMBER_BYTES = 32;
    private static final int POINT_BYTES = 1 + 2 * NUMBER_BYTES;
    private static final byte UNCOMPRESSED = 4;
    private static final byte[] PROBE = {1};

    private P256() {}

    /** Throws {@link IllegalArgumentException} unless it is a point of the curve, uncompressed. */
    public static ECPublicKey publicKey(String base64Url) {
        byte[] bytes = Base64.getUrlDecoder().decode(base64Url);
        if (bytes.length != POINT_BYTES || bytes[0] != UNCOMPRESSED) {
            throw new IllegalArgumentException("Not an uncompressed point");
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(bytes, 1, 1 + NUMBER_BYTES));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(bytes, 1 + NUMBER_BYTES, POINT_BYTES));
        if (!isOnCurve(x, y)) {
            throw new IllegalArgumentException("Not a point of the curve");
        }
        try {
            return (ECPublicKey)
                    KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), CURVE));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Not a public key", e);
        }
    }

    /** Throws {@link IllegalArgumentException} unless it is 32 bytes that are a key of the curve. */
    public static ECPrivateKey privateKey(String base64Url) {
        byte[] bytes = Base64.getUrlDecoder().decode(base64Url);
        BigInteger number = new BigInteger(1, bytes);
        if (bytes.length != NUMBER_BYTES || number.signum() == 0 || number.compareTo(CURVE.getOrder()) >= 0) {
            throw new IllegalArgumentException("Not a number of the curve");
        }
        try {
            return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(number, CURVE));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Not a private key", e);
        }
    }

    /** Whether what the one signs the other takes for its own. */
    public static boolean isPair(ECPublicKey publicKey, ECPrivateKey privateKey) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(privateKey);
            signer.update(PROBE);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(publicKey);
            verifier.update(PROBE);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    public static String text(ECPublicKey key) {
        byte[] bytes = new byte[POINT_BYTES];
        bytes[0] = UNCOMPRESSED;
        put(key.getW().getAffineX(), bytes, 1);
        put(key.getW().getAffineY(), bytes, 1 + NUMBER_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static String text(ECPrivateKey key) {
        byte[] bytes = new byte[NUMBER_BYTES];
        put(key.getS(), bytes, 0);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static boolean isOnCurve(BigInteger x, BigInteger y) {
        EllipticCurve curve = CURVE.getCurve();
        BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
        return x.compareTo(PRIME) < 0
                && y.compareTo(PRIME) < 0
                && y.pow(2).subtract(right).mod(PRIME).signum() == 0;
    }

    /** With zeros before it, without the sign's. */
    private static void put(BigInteger number, byte[] into, int at) {
        byte[] bytes = number.toByteArray();
        int length = Math.min(bytes.length, NUMBER_BYTES);
        System.arraycopy(bytes, bytes.length - length, into, at + NUMBER_BYTES - length, length);
    }

    private static ECParameterSpec curve() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has this curve", e);
        }
    }
}
