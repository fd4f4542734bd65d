package io.heliograph.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Decides whether an address may be called. A customer chooses the URL, and the sender stands where it can reach what the
 * internet cannot: so everything that is not public is refused, unless the operator has allowed it.
 */
public final class AllowedAddresses {
    /** Not public, or not one host: IANA's registries of special addresses, and a cloud's agent at a public one. */
    private static final List<AddressRange> REFUSED = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "168.63.129.16/32",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "2001::/23",
                    "2001:db8::/32",
                    // 6to4 carries any IPv4 address.
                    "2002::/16",
                    "3fff::/20")
            .map(AddressRange::parse)
            .toList();

    /** All that is routed as public of IPv6. */
    private static final AddressRange PUBLIC_IPV6 = AddressRange.parse("2000::/3");
    /** How IPv6-only networks reach IPv4: the address stands in the last 32 bits. */
    private static final AddressRange TRANSLATED_IPV4 = AddressRange.parse("64:ff9b::/96");

    private static final int IPV4_BYTES = 4;

    private final List<AddressRange> allowed;

    private AllowedAddresses(List<AddressRange> allowed) {
        this.allowed = allowed;
    }

    /** Ranges such as {@code 10.1.0.0/16}, separated by commas; throws {@link IllegalArgumentException} on another shape. */
    public static AllowedAddresses beside(String ranges) {
        return new AllowedAddresses(Stream.of(ranges.split(",", -1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(AddressRange::parse)
                .toList());
    }

    public boolean allows(InetAddress address) {
        InetAddress plain = plain(address.getAddress());
        return contain(allowed, plain) || isPublic(plain);
    }

    private static boolean isPublic(InetAddress address) {
        if (address instanceof Inet6Address) {
            if (TRANSLATED_IPV4.contains(address)) {
                byte[] bytes = address.getAddress();
                return isPublic(plain(Arrays.copyOfRange(bytes, bytes.length - IPV4_BYTES, bytes.length)));
            }
            if (!PUBLIC_IPV6.contains(address)) {
                return false;
            }
        }
        return !contain(REFUSED, address);
    }

    /** Without a name and a zone; an IPv4 address that is written as an IPv6 one becomes what it is. */
    private static InetAddress plain(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Neither 4 nor 16 bytes", e);
        }
    }

    private static boolean contain(List<AddressRange> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
