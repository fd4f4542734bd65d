package io.heliograph.simulator.callbacks;

import io.heliograph.simulator.http.Parameters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A URL to call: the exact text that is signed, and its parts. The fragment holds the retry rules and is not sent. */
public record CallbackUrl(String signed, boolean ssl, String host, int port, String requestUri, RetryRules retry) {
    /** Throws {@link IllegalArgumentException} when it is no absolute http or https URL. */
    public static CallbackUrl parse(String url) {
        int fragmentAt = url.indexOf('#');
        String signed = fragmentAt < 0 ? url : url.substring(0, fragmentAt);
        URI uri = URI.create(signed);
        boolean ssl = "https".equalsIgnoreCase(uri.getScheme());
        if (uri.getHost() == null || (!ssl && !"http".equalsIgnoreCase(uri.getScheme()))) {
            throw new IllegalArgumentException("Not an absolute http or https URL");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : ssl ? 443 : 80;
        RetryRules retry = fragmentAt < 0 ? RetryRules.NORMAL : RetryRules.parse(url.substring(fragmentAt + 1));
        return new CallbackUrl(signed, ssl, uri.getHost(), port, requestUri(uri), retry);
    }

    /** With these parameters in its query. */
    CallbackUrl with(Parameters parameters) {
        return new CallbackUrl(append(signed, parameters), ssl, host, port, append(requestUri, parameters), retry);
    }

    /** With something else in place of the secret that is the last part of its path. */
    public CallbackUrl withWrongSecret() {
        int query = signed.indexOf('?');
        String path = query < 0 ? signed : signed.substring(0, query);
        String secret = path.substring(path.lastIndexOf('/') + 1);
        String wrong = secret.isEmpty()
                ? path + "wrong"
                : path.substring(0, path.length() - secret.length()) + Dialect.wrong(secret);
        return parse(query < 0 ? wrong : wrong + signed.substring(query));
    }

    private static String append(String url, Parameters parameters) {
        return url + (url.indexOf('?') < 0 ? '?' : '&') + parameters.encoded();
    }

    RequestOptions request(HttpMethod method) {
        return new RequestOptions()
                .setMethod(method)
                .setSsl(ssl)
                .setHost(host)
                .setPort(port)
                .setURI(requestUri)
                .setConnectTimeout(retry.connectTimeoutMillis())
                .setIdleTimeout(retry.readTimeoutMillis());
    }

    /** Where a redirect leads, or null when that is nowhere. */
    @Nullable
    CallbackUrl resolve(@Nullable String location) {
        try {
            return location == null
                    ? null
                    : parse(URI.create(signed).resolve(location).toString());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String requestUri(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + '?' + uri.getRawQuery();
    }
}
