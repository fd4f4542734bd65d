package io.heliograph.gateway.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.TwilioSignature;
import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioSignedTest {
    private static final MultiMap CALL = MultiMap.caseInsensitiveMultiMap()
            .add("CallSid", "CA1234567890ABCDE")
            .add("Caller", "+14158675310")
            .add("Digits", "1234")
            .add("From", "+14158675310")
            .add("To", "+18005551212");

    @ParameterizedTest
    @CsvSource({
        // As configured | the published signature of https://mycompany.com/myapp.php?foo=1&bar=2, without a port and
        // with :443
        "https://mycompany.com, GvWf1cFY/Q7PnoempGyD5oXAezc=",
        "https://mycompany.com, 5s2PFy0qmPcZucb4eH4b08ZJtL0=",
        "https://mycompany.com:443, GvWf1cFY/Q7PnoempGyD5oXAezc=",
        "https://mycompany.com:443, 5s2PFy0qmPcZucb4eH4b08ZJtL0="
    })
    void takes_the_published_signatures_with_the_default_port_and_without(String publicUrl, String signature) {
        TwilioSigned signed = new TwilioSigned(publicUrl, List.of("12345"));

        assertThat(signed.isSigned("/myapp.php?foo=1&bar=2", CALL, signature)).isTrue();
        assertThat(signed.isSigned("/myapp.php?foo=1&bar=3", CALL, signature)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com, http://example.com:80/c",
        "http://example.com:8080, http://example.com/c",
        "https://example.com/base, https://example.com:443/base/c",
        "https://example.com:8443/base, https://example.com/base/c"
    })
    void knows_the_other_form_of_each_public_url(String publicUrl, String signedUrl) {
        String signature = new TwilioSignature("t").sign(signedUrl, CALL);

        assertThat(new TwilioSigned(publicUrl, List.of("t")).isSigned("/c", CALL, signature))
                .isTrue();
    }

    @Test
    void signs_the_query_as_it_was_written() {
        String signature = new TwilioSignature("t").sign("https://example.com/c?m=%2B1&a=b%20c", CALL);
        TwilioSigned signed = new TwilioSigned("https://example.com", List.of("t"));

        assertThat(signed.isSigned("/c?m=%2B1&a=b%20c", CALL, signature)).isTrue();
        assertThat(signed.isSigned("/c?m=+1&a=b c", CALL, signature)).isFalse();
    }
}
