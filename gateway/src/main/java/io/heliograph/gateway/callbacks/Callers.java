package io.heliograph.gateway.callbacks;

import io.heliograph.address.AddressRange;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where callers may come from. What X-Forwarded-For says counts only as far as trusted proxies wrote it: the caller is the last
 * address that is none of theirs.
 */
final class Callers {
    private static final String FORWARDED = "X-Forwarded-For";
    private final List<AddressRange> allowed;
    private final List<AddressRange> proxies;

    /** Networks such as {@code 203.0.113.0/24} and {@code 2001:db8::/32}, or single addresses; nothing allowed allows all. */
    Callers(List<String> allowed, List<String> trustedProxies) {
        this.allowed = allowed.stream().map(Callers::network).toList();
        this.proxies = trustedProxies.stream().map(Callers::network).toList();
    }

    boolean allow(HttpServerRequest request) {
        if (allowed.isEmpty()) {
            return true;
        }
        List<String> forwarded = new ArrayList<>();
        request.headers().getAll(FORWARDED).forEach(line -> forwarded.addAll(List.of(line.split(",", -1))));
        InetAddress caller = caller(address(request.remoteAddress().hostAddress()), forwarded);
        return caller != null && isIn(allowed, caller);
    }

    /** Null where a proxy of ours names nobody who could be told. */
    private @Nullable InetAddress caller(@Nullable InetAddress connected, List<String> forwarded) {
        InetAddress caller = connected;
        for (int i = forwarded.size() - 1; i >= 0 && caller != null && isIn(proxies, caller); i--) {
            caller = address(forwarded.get(i).strip());
        }
        return caller;
    }

    /** Throws IllegalArgumentException for what is no network. */
    static AddressRange network(String text) {
        if (text.indexOf('/') >= 0) {
            return AddressRange.parse(text);
        }
        InetAddress one = address(text);
        if (one == null) {
            throw new IllegalArgumentException("No address: " + text);
        }
        return AddressRange.parse(text + "/" + one.getAddress().length * Byte.SIZE);
    }

    private static boolean isIn(List<AddressRange> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /** A literal only: nothing is looked up. An IPv4 address within IPv6 is the IPv4 address. */
    private static @Nullable InetAddress address(@Nullable String text) {
        return text == null ? null : NetUtil.createInetAddressFromIpAddressString(text);
    }
}
