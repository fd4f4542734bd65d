package io.heliograph.webhooks.post;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Where a URL leads, taken apart; the host as it stands there, with the brackets of an IPv6 address. */
record Target(boolean tls, String host, int port, String pathAndQuery) {
    private static final int PORT_MAX = 65_535;

    /** Empty when nothing can be sent there. */
    static Optional<Target> of(String url) {
        try {
            URI uri = new URI(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean tls = scheme.equals("https");
            int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
            if (uri.getHost() == null || (!tls && !scheme.equals("http")) || port == 0 || port > PORT_MAX) {
                return Optional.empty();
            }
            return Optional.of(new Target(tls, uri.getHost(), port, pathAndQuery(uri)));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /** What its addresses are looked up by. */
    String name() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String pathAndQuery(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
