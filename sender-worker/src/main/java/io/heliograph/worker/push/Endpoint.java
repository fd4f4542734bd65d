package io.heliograph.worker.push;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a browser's service takes messages for it, taken apart; the host as it stands there, with the brackets of an IPv6 address. */
record Endpoint(boolean tls, String host, int port, String pathAndQuery) {
    private static final int PORT_MAX = 65_535;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    /** Null when nothing can be sent there. */
    static @Nullable Endpoint of(String url) {
        try {
            URI uri = new URI(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean tls = scheme.equals("https");
            int port = uri.getPort() >= 0 ? uri.getPort() : usualPort(tls);
            if (uri.getHost() == null || (!tls && !scheme.equals("http")) || port == 0 || port > PORT_MAX) {
                return null;
            }
            String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            return new Endpoint(
                    tls, uri.getHost(), port, uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
        } catch (URISyntaxException _) {
            return null;
        }
    }

    /** What its addresses are looked up by. */
    String name() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Whom a token is for. */
    String origin() {
        return (tls ? "https://" : "http://")
                + host.toLowerCase(Locale.ROOT)
                + (port == usualPort(tls) ? "" : ":" + port);
    }

    /** By number: nobody asks for the name again. Host header, SNI and the certificate go by the name. */
    RequestOptions request(HttpMethod method, String uri, InetAddress address) {
        return new RequestOptions()
                .setMethod(method)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(host)
                .setPort(port)
                .setSsl(tls)
                .setURI(uri);
    }

    private static int usualPort(boolean tls) {
        return tls ? HTTPS_PORT : HTTP_PORT;
    }

    /** Whoever has the path may write to the browser. */
    @Override
    public String toString() {
        return "endpoint at " + host;
    }
}
