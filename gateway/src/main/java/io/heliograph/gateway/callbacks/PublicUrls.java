package io.heliograph.gateway.callbacks;

import java.net.URI;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a provider may have called, and signed: the URL as configured, or the same with the port that was left out, or without the
 * one that was not. The Host header has no say: behind a proxy it is whatever the caller wrote.
 */
final class PublicUrls {
    private final List<String> bases;

    /** {@code publicUrl} has no slash at its end. */
    PublicUrls(String publicUrl) {
        this.bases = List.of(publicUrl, withOtherPort(URI.create(publicUrl)));
    }

    /** {@code requestUri} is path and query exactly as they came. */
    boolean anyOf(String requestUri, Predicate<String> matches) {
        return bases.stream().anyMatch(base -> matches.test(base + requestUri));
    }

    private static String withOtherPort(URI url) {
        int defaultPort = "https".equals(url.getScheme()) ? 443 : 80;
        String port = url.getPort() < 0 ? ":" + defaultPort : "";
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        return url.getScheme() + "://" + url.getHost() + port + path;
    }
}
