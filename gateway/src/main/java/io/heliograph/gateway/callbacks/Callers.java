package io.heliograph.gateway.callbacks;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where callers may come from. What X-Forwarded-For says counts only as far as trusted proxies wrote it: the caller is the last
 * address that is none of theirs.
 */
final class Callers {
    private static final String FORWARDED = "X-Forwarded-For";
    private final List<IpSubnetFilterRule> allowed;
    private final List<IpSubnetFilterRule> proxies;

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
    static IpSubnetFilterRule network(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        InetAddress network = address(address);
        if (network == null) {
            throw new IllegalArgumentException("No address: " + text);
        }
        int bits = network.getAddress().length * Byte.SIZE;
        int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("No network: " + text);
        }
        return new IpSubnetFilterRule(network, prefix, IpFilterRuleType.ACCEPT);
    }

    private static boolean isIn(List<IpSubnetFilterRule> networks, InetAddress address) {
        InetSocketAddress socketAddress = new InetSocketAddress(address, 0);
        return networks.stream().anyMatch(network -> network.matches(socketAddress));
    }

    /** A literal only: nothing is looked up. An IPv4 address within IPv6 is the IPv4 address. */
    private static @Nullable InetAddress address(@Nullable String text) {
        return text == null ? null : NetUtil.createInetAddressFromIpAddressString(text);
    }
}
