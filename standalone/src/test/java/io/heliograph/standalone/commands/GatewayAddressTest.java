package io.heliograph.standalone.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.standalone.embedded.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayAddressTest {
    @TempDir
    private Path data;

    @Test
    void is_where_up_says_that_it_runs_with_the_key_that_it_made() throws IOException {
        keep("hg_kept", "http://localhost:8185");

        assertThat(of(Map.of()))
                .isEqualTo(new GatewayAddress("http://localhost:8185", "hg_kept", data.resolve("api-key") + ""));
        assertThat(of(Map.of("HELIOGRAPH_URL", " ", "HELIOGRAPH_HTTP_PORT", "")).url())
                .isEqualTo("http://localhost:8185");
    }

    @Test
    void is_first_what_is_set() throws IOException {
        keep("hg_kept", "http://localhost:8185");

        assertThat(of(Map.of("HELIOGRAPH_HTTP_PORT", "9000")).url()).isEqualTo("http://localhost:9000");
        assertThat(of(Map.of(
                        "HELIOGRAPH_URL",
                        "https://gateway.example.com/",
                        "HELIOGRAPH_HTTP_PORT",
                        "9000",
                        "HELIOGRAPH_API_KEY",
                        "hg_set")))
                .isEqualTo(new GatewayAddress("https://gateway.example.com", "hg_set", "HELIOGRAPH_API_KEY"));
    }

    @Test
    void is_the_usual_port_where_nobody_has_said_anything() throws IOException {
        assertThat(of(Map.of("HELIOGRAPH_API_KEY", "hg_set")).url()).isEqualTo("http://localhost:8080");
        assertThatThrownBy(() -> of(Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessage("set HELIOGRAPH_API_KEY, or run this where " + data.resolve("api-key") + " is");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8185",
                "ftp://localhost",
                "http://",
                "8185",
                "http://a b",
                "/v1",
                "http://localhost:99999"
            })
    void is_refused_in_words_when_it_is_no_url(String url) {
        assertThatThrownBy(() -> of(Map.of("HELIOGRAPH_API_KEY", "hg_set", "HELIOGRAPH_URL", url)))
                .isInstanceOf(IOException.class)
                .hasMessage("HELIOGRAPH_URL wants a URL with http:// or https://, such as http://localhost:8080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "65536", "-1"})
    void is_refused_in_words_when_the_port_is_none(String port) {
        assertThatThrownBy(() -> of(Map.of("HELIOGRAPH_API_KEY", "hg_set", "HELIOGRAPH_HTTP_PORT", port)))
                .isInstanceOf(IOException.class)
                .hasMessage("HELIOGRAPH_HTTP_PORT wants a port such as 8080");
    }

    /** The client would print it with all that it was given. */
    @ParameterizedTest
    @ValueSource(strings = {"hg_a hg_b", "hg_a\nhg_b", "hg_ä"})
    void is_refused_without_being_shown_when_the_key_fits_no_header(String key) {
        assertThatThrownBy(() -> of(Map.of("HELIOGRAPH_API_KEY", key)))
                .isInstanceOf(IOException.class)
                .hasMessage("HELIOGRAPH_API_KEY wants a key: 1 to 200 printable ASCII characters without spaces");
    }

    @Test
    void never_shows_the_key() {
        assertThat(new GatewayAddress("http://localhost:8080", "hg_secret", "HELIOGRAPH_API_KEY"))
                .hasToString("http://localhost:8080 with the key of HELIOGRAPH_API_KEY");
    }

    private GatewayAddress of(Map<String, String> environment) throws IOException {
        return GatewayAddress.of(environment, data);
    }

    private void keep(String key, String url) throws IOException {
        try (DataDirectory directory = DataDirectory.open(data)) {
            assertThat(directory.secret("api-key", () -> key)).isEqualTo(key);
            directory.keepUrl(url);
        }
        assertThat(Files.readString(data.resolve("url"))).isEqualTo(url + "\n");
    }
}
