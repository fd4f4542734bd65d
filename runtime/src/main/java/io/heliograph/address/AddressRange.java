package io.heliograph.address;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * Addresses that begin with the same bits. Netty has such rules, too; of IPv6 its rules also match what has all bits of the mask set,
 * which for {@code 2000::/3} is everything private.
 */
public final class AddressRange {
    private final byte[] network;
    private final int prefixBits;

    private AddressRange(byte[] network, int prefixBits) {
        this.network = network;
        this.prefixBits = prefixBits;
    }

    /** {@code 10.1.0.0/16}; throws {@link IllegalArgumentException} on another shape. */
    public static AddressRange parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("Not a range of addresses");
        }
        byte[] network = InetAddress.ofLiteral(parts[0]).getAddress();
        int prefixBits = Integer.parseInt(parts[1]);
        if (prefixBits < 0 || prefixBits > network.length * Byte.SIZE) {
            throw new IllegalArgumentException("Not a range of addresses");
        }
        return new AddressRange(network, prefixBits);
    }

    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        int whole = prefixBits / Byte.SIZE;
        if (bytes.length != network.length || !Arrays.equals(bytes, 0, whole, network, 0, whole)) {
            return false;
        }
        int rest = prefixBits % Byte.SIZE;
        return rest == 0 || ((bytes[whole] ^ network[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0;
    }
}
