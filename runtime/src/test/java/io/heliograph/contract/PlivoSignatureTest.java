package io.heliograph.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The vectors are those with which Plivo's own libraries are tested. */
class PlivoSignatureTest {
    private static final String URL = "https://plivobin.non-prod.plivops.com/api/v1/validate_signature03.xml";
    private static final String URL_WITH_QUERY = URL + "/?a=b&c=d";
    private static final String NONCE = "31627761595286130198";
    private static final String POST_WITH_QUERY = "k7Pusd4OxCIjR5IfA9iedDNu/h/gbdYqdzG/MiYtd1c=";
    private static final String POST = "iAjE5QqI37mbkYe4w3jTMudqEzbDufdqi7sYwTu64e0=";
    private static final String GET_WITH_QUERY = "UBq8jAtd32wR8EK9VgxbBn4n5rpI/l1H9iN4WfSEHFQ=";
    private static final String GET = "i/MQsaQSAd6fiKhOh2qeeeLHZ9faldADSb3/7+Akfbc=";
    private static final MultiMap NONE = MultiMap.caseInsensitiveMultiMap();

    private final PlivoSignature signature = new PlivoSignature("Y2Q2ZDgxZmY5YWRiOTI5YmQ1Njg0MTAxZWIyOTc4");

    @Test
    void signs_the_published_post_with_and_without_a_query() {
        assertThat(signature.sign(URL_WITH_QUERY, call(), NONCE)).isEqualTo(POST_WITH_QUERY);
        assertThat(signature.sign(URL, call(), NONCE)).isEqualTo(POST);
    }

    @Test
    void signs_the_published_get_whose_parameters_are_in_the_query() {
        assertThat(signature.sign(URL_WITH_QUERY + '&' + query(), NONE, NONCE)).isEqualTo(GET_WITH_QUERY);
        assertThat(signature.sign(URL + '?' + query(), NONE, NONCE)).isEqualTo(GET);
    }

    @Test
    void takes_a_query_in_any_order_and_in_any_encoding() {
        assertThat(signature.sign(URL + "/?c=d&%61=b", call(), NONCE)).isEqualTo(POST_WITH_QUERY);
        assertThat(signature.sign(URL_WITH_QUERY + "#there", call(), NONCE)).isEqualTo(POST_WITH_QUERY);
    }

    @Test
    void keeps_what_is_not_well_encoded_as_it_is() {
        assertThat(signature.sign(URL + "?a=%zz", NONE, NONCE)).isNotEqualTo(signature.sign(URL, NONE, NONCE));
    }

    @Test
    void signs_the_bare_url_when_there_is_nothing_else() {
        assertThat(signature.sign(URL, NONE, NONCE)).isEqualTo(signature.sign(URL + '?', NONE, NONCE));
    }

    @Test
    void matches_when_one_of_several_signatures_does() {
        assertThat(matches(POST_WITH_QUERY)).isTrue();
        assertThat(matches("anything," + POST_WITH_QUERY)).isTrue();
        assertThat(matches("anything, " + POST_WITH_QUERY + ",more")).isTrue();
    }

    @Test
    void matches_no_other_signature_nonce_or_parameter() {
        assertThat(matches("")).isFalse();
        assertThat(matches(",")).isFalse();
        assertThat(matches(POST)).isFalse();
        assertThat(signature.matches(URL_WITH_QUERY, call(), NONCE + '1', POST_WITH_QUERY))
                .isFalse();
        assertThat(signature.matches(URL_WITH_QUERY, call().add("New", "1"), NONCE, POST_WITH_QUERY))
                .isFalse();
    }

    @Test
    void signs_from_many_threads_at_once() {
        List<String> signatures = IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(_ -> signature.sign(URL_WITH_QUERY, call(), NONCE))
                .distinct()
                .toList();

        assertThat(signatures).containsExactly(POST_WITH_QUERY);
    }

    private boolean matches(String header) {
        return signature.matches(URL_WITH_QUERY, call(), NONCE, header);
    }

    private static String query() {
        return call().entries().stream()
                .map(entry -> entry.getKey() + '=' + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static MultiMap call() {
        String uuid = "3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36";
        return MultiMap.caseInsensitiveMultiMap()
                .addAll(Map.of("ALegUUID", uuid, "ALegRequestUUID", uuid, "CallUUID", uuid, "RequestUUID", uuid))
                .add("To", "sip:PlivoSignature382029104058171078704104@phone-qa.voice.plivodev.com")
                .add("SIP-H-To", "<sip:PlivoSignature382029104058171078704104@52.9.11.55;transport=udp>;tag=1")
                .add("SessionStart", "2020-04-08 11:34:33.238707")
                .add("ParentAuthID", "MANWVLYTK4ZWU1YTY4QA")
                .add("CallStatus", "in-progress")
                .add("Direction", "outbound")
                .add("From", "19792014278")
                .add("BillRate", "0.002")
                .add("Event", "StartApp");
    }
}
