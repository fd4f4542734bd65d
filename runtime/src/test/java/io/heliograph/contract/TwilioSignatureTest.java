package io.heliograph.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TwilioSignatureTest {
    private static final String CALL_URL = "https://mycompany.com/myapp.php?foo=1&bar=2";

    private final TwilioSignature signature = new TwilioSignature("12345");

    @Test
    void signs_the_published_example() {
        assertThat(signature.sign(CALL_URL, call())).isEqualTo("GvWf1cFY/Q7PnoempGyD5oXAezc=");
    }

    @Test
    void signs_the_port_when_the_url_has_one() {
        String url = CALL_URL.replace("mycompany.com", "mycompany.com:443");

        assertThat(signature.sign(url, call())).isEqualTo("5s2PFy0qmPcZucb4eH4b08ZJtL0=");
    }

    @Test
    void counts_the_values_of_a_repeated_name_once_and_sorted() {
        TwilioSignature other = new TwilioSignature("t");
        MultiMap twice = MultiMap.caseInsensitiveMultiMap().add("X", "2").add("X", "1");
        MultiMap thrice =
                MultiMap.caseInsensitiveMultiMap().add("X", "2").add("X", "1").add("X", "1");

        assertThat(other.sign("https://a/b", twice)).isEqualTo("QO+wLlkLE+dgnM2hsUxEj374J/E=");
        assertThat(other.sign("https://a/b", thrice)).isEqualTo("QO+wLlkLE+dgnM2hsUxEj374J/E=");
    }

    @Test
    void tells_names_apart_by_case_and_sorts_capitals_first() {
        MultiMap parameters =
                MultiMap.caseInsensitiveMultiMap().add("to", "1").add("To", "2").add("Z", "3");

        assertThat(signature.sign(CALL_URL, parameters)).isEqualTo(signature.signText(CALL_URL + "To2Z3to1"));
    }

    @Test
    void signs_only_the_url_when_the_body_is_json() {
        String url = CALL_URL + "&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";

        assertThat(signature.sign(url, MultiMap.caseInsensitiveMultiMap())).isEqualTo("a9nBmqA0ju/hNViExpshrM61xv4=");
    }

    @Test
    void matches_its_own_signature_and_no_other() {
        assertThat(signature.matches(CALL_URL, call(), "GvWf1cFY/Q7PnoempGyD5oXAezc="))
                .isTrue();
        assertThat(signature.matches(CALL_URL, call().add("New", "1"), "GvWf1cFY/Q7PnoempGyD5oXAezc="))
                .isFalse();
        assertThat(signature.matches(CALL_URL, call(), "")).isFalse();
    }

    @Test
    void signs_from_many_threads_at_once() {
        List<String> signatures = IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(_ -> signature.sign(CALL_URL, call()))
                .distinct()
                .toList();

        assertThat(signatures).containsExactly("GvWf1cFY/Q7PnoempGyD5oXAezc=");
    }

    private static MultiMap call() {
        return MultiMap.caseInsensitiveMultiMap()
                .add("To", "+18005551212")
                .add("CallSid", "CA1234567890ABCDE")
                .add("Caller", "+14158675310")
                .add("Digits", "1234")
                .add("From", "+14158675310");
    }
}
