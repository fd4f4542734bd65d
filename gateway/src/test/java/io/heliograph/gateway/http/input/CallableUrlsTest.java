package io.heliograph.gateway.http.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.address.AllowedAddresses;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallableUrlsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com/hooks",
                "http://app.example.com:8080/hooks?team=7",
                "HTTPS://App.Example.com",
                "https://93.184.215.14/",
                "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/hooks"
            })
    void takes_what_is_public(String url) {
        assertThat(new CallableUrls(AllowedAddresses.beside(""), "url").mistake(url))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://app.example.com, https://",
        "app.example.com/hooks, https://",
        "https:///hooks, host",
        "https://app.example.com:0/, port",
        "https://app.example.com:70000/, port",
        "https://2130706433/, not public",
        "https://127.1/, host",
        "https://ann:secret@app.example.com/, credentials",
        "https://app.example.com/#top, fragment",
        "https://app example.com/, no URL",
        "http://localhost:9000/hooks, not public",
        "http://LOCALHOST./hooks, not public",
        "http://hooks.localhost/, not public",
        "http://127.0.0.1/, not public",
        "http://10.1.2.3/, not public",
        "http://172.16.0.9/, not public",
        "http://192.168.1.1/, not public",
        "http://169.254.169.254/latest, not public",
        "http://100.64.0.1/, not public",
        "http://0.0.0.0/, not public",
        "http://224.0.0.1/, not public",
        "http://255.255.255.255/, not public",
        "http://[::1]/, not public",
        "http://[::]/, not public",
        "http://[::ffff:127.0.0.1]/, not public",
        "http://[fd00::1]/, not public",
        "http://[fe80::1]/, not public",
        "http://[64:ff9b::7f00:1]/, not public"
    })
    void refuses_what_leads_elsewhere_and_says_why(String url, String word) {
        assertThat(new CallableUrls(AllowedAddresses.beside(""), "url").mistake(url))
                .contains(word);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, http://10.1.2.3/, true",
        "10.0.0.0/8, http://11.1.2.3/, true",
        "10.0.0.0/8, http://192.168.1.1/, false",
        "'127.0.0.0/8, ::1/128', http://localhost:9000/, true",
        "'127.0.0.0/8, ::1/128', http://[::1]:9000/, true",
        "127.0.0.1/32, http://127.0.0.2/, false",
        "fd00::/8, http://[fd12::1]/, true"
    })
    void takes_what_the_operator_allows(String allowed, String url, boolean taken) {
        CallableUrls targets = new CallableUrls(AllowedAddresses.beside(allowed), "url");

        assertThat(targets.mistake(url) == null).isEqualTo(taken);
    }
}
