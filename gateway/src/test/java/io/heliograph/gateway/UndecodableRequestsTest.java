package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before a route has seen it, or before its body is there. */
class UndecodableRequestsTest {
    private static final String HOST = " HTTP/1.1\r\nHost: x\r\n";
    private static final String AUTHORIZED = "Authorization: Bearer " + RunningGateway.API_KEY + "\r\n";
    private static final String CHUNKED =
            "POST /v1/messages" + HOST + AUTHORIZED + "Transfer-Encoding: chunked\r\n\r\n";

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @Test
    void is_told_how_long_a_first_line_may_be() throws IOException {
        String response = untilClosed("GET /v1/messages?to=" + "1".repeat(5_000) + HOST + "\r\n");

        assertThat(response).contains(" 414 ");
        assertThat(problem(response).getString("code")).isEqualTo("uri_too_long");
        assertThat(problem(response).getString("detail")).contains("4096 bytes");
    }

    @Test
    void is_told_how_large_headers_may_be() throws IOException {
        String response = untilClosed("GET /v1/messages" + HOST + "X-Much: " + "1".repeat(10_000) + "\r\n\r\n");

        assertThat(response).startsWith("HTTP/1.1 431 ");
        assertThat(problem(response).getString("code")).isEqualTo("headers_too_large");
        assertThat(problem(response).getString("detail")).contains("8192 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
                "POST /v1/messages HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{"
            })
    void gets_a_problem_and_is_counted_and_leaves_no_line_in_the_log(String request) throws IOException {
        double before = unreadable();
        try (CapturedLog log = new CapturedLog()) {
            String response = untilClosed(request);

            assertThat(response).contains(" 400 ", "application/problem+json");
            assertThat(problem(response).getString("code")).isEqualTo("unreadable");
            assertThat(log.lines()).isEmpty();
        }
        assertThat(unreadable()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+15005550010\r\n{}\r\n", "\r\n{}\r\n", "-1\r\n", "1\r\n{}}\r\n"})
    void is_counted_and_closed_without_a_line_in_the_log_for_a_chunk_without_a_size(String chunk) throws IOException {
        double before = unreadable();
        try (CapturedLog log = new CapturedLog()) {
            String _ = untilClosed(CHUNKED + chunk);

            assertThat(log.lines()).isEmpty();
        }
        assertThat(unreadable()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({"/v1/messages, 1048576", "/callbacks/twilio/status, 65536"})
    void is_told_how_large_a_body_may_be(String path, String bytesMax) {
        HttpResponse<String> response = gateway.post(path, "x".repeat(1024 * 1024 + 1));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(RunningGateway.json(response).getString("detail")).contains("more than " + bytesMax + " bytes");
    }

    private static double unreadable() {
        return gateway.metric("heliograph_http_refusals_total{code=\"unreadable\"}");
    }

    private static JsonObject problem(String response) {
        return new JsonObject(response.substring(response.indexOf("\r\n\r\n") + 4));
    }

    /** Fails when the connection stays open. */
    private static String untilClosed(String request) throws IOException {
        try (Socket socket = new Socket("localhost", gateway.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
