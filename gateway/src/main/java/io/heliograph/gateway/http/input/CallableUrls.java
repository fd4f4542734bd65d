package io.heliograph.gateway.http.input;

import io.heliograph.address.AllowedAddresses;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which URLs that customers name may be called. Only what can be seen in the URL itself is looked at here, so that the mistake is told early; whoever sends
 * looks at the addresses that a name has.
 */
public final class CallableUrls {
    private static final int PORT_MAX = 65_535;

    private final AllowedAddresses allowed;
    private final String name;

    /** {@code name} is that of the field. */
    public CallableUrls(AllowedAddresses allowed, String name) {
        this.allowed = allowed;
        this.name = name;
    }

    /** What is wrong with a URL as an endpoint, in a sentence; null when nothing is. */
    public @Nullable String mistake(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException _) {
            return name + " is no URL.";
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return name + " must begin with https:// or http://.";
        }
        if (uri.getHost() == null || uri.getHost().isEmpty() || uri.getPort() > PORT_MAX || uri.getPort() == 0) {
            return name + " must name a host, and a port from 1 to 65535 if any.";
        }
        if (uri.getRawUserInfo() != null) {
            return name + " must not hold credentials. The signature of each delivery proves that it is ours.";
        }
        if (uri.getRawFragment() != null) {
            return name + " must have no fragment.";
        }
        return mistakeOfHost(uri.getHost());
    }

    private @Nullable String mistakeOfHost(String host) {
        String plain = host.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
        InetAddress address = plain.equals("localhost") || plain.endsWith(".localhost")
                ? InetAddress.getLoopbackAddress()
                : literal(plain);
        return address == null || allowed.allows(address)
                ? null
                : name
                        + " leads to an address that is not public: private, local and reserved addresses are refused here.";
    }

    /** Null when it is a name. Never asks anybody. */
    private static @Nullable InetAddress literal(String host) {
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
