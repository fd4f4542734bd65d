package io.heliograph.standalone.commands;

import io.heliograph.standalone.embedded.DataDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a command finds the gateway, and with which key it asks. Prints without the key.
 *
 * @param url without a slash at its end
 * @param keySource where the key came from, in words
 */
public record GatewayAddress(String url, String key, String keySource) {
    private static final String URL = "HELIOGRAPH_URL";
    private static final String PORT = "HELIOGRAPH_HTTP_PORT";
    private static final String KEY = "HELIOGRAPH_API_KEY";
    private static final String URL_DEFAULT = "http://localhost:8080";

    private static final Pattern KEY_SHAPE = Pattern.compile("[!-~]{1,200}");
    private static final int PORT_MAX = 65_535;

    public GatewayAddress {
        url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /**
     * What is set, else what {@code up} has kept in its directory, else the usual. Throws {@link IOException} with what to do when there is no key, or
     * no URL in what is set.
     */
    static GatewayAddress of(Map<String, String> environment, Path data) throws IOException {
        String url = url(environment, data);
        String set = environment.getOrDefault(KEY, "");
        if (!set.isBlank()) {
            return new GatewayAddress(url, checkedKey(set, KEY), KEY);
        }
        Path kept = data.resolve(DataDirectory.API_KEY);
        String key = read(kept);
        if (key == null) {
            throw new IOException("set HELIOGRAPH_API_KEY, or run this where " + kept + " is");
        }
        return new GatewayAddress(url, checkedKey(key, kept.toString()), kept.toString());
    }

    /** What no header can carry would be told by the client, with the key in its words. */
    private static String checkedKey(String key, String source) throws IOException {
        if (!KEY_SHAPE.matcher(key).matches()) {
            throw new IOException(source + " wants a key: 1 to 200 printable ASCII characters without spaces");
        }
        return key;
    }

    /** Whether somebody has said where it is. */
    public static boolean isSet(Map<String, String> environment) {
        return !environment.getOrDefault(URL, "").isBlank()
                || !environment.getOrDefault(PORT, "").isBlank();
    }

    private static String url(Map<String, String> environment, Path data) throws IOException {
        String set = environment.getOrDefault(URL, "");
        if (!set.isBlank()) {
            return checked(set.trim());
        }
        String port = environment.getOrDefault(PORT, "").trim();
        if (!port.isEmpty()) {
            if (!isPort(port)) {
                throw new IOException(PORT + " wants a port such as 8080");
            }
            return "http://localhost:" + port;
        }
        String kept = read(data.resolve(DataDirectory.URL));
        return kept == null ? URL_DEFAULT : kept;
    }

    private static boolean isPort(String text) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) <= PORT_MAX;
    }

    private static String checked(String url) throws IOException {
        try {
            URI uri = URI.create(url);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getPort() <= PORT_MAX) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Told below, like a URL of something else.
        }
        // What it is instead may hold somebody's password.
        throw new IOException(URL + " wants a URL with http:// or https://, such as " + URL_DEFAULT);
    }

    private static @Nullable String read(Path kept) {
        try {
            String text = Files.readString(kept).trim();
            return text.isEmpty() ? null : text;
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return url + " with the key of " + keySource;
    }
}
