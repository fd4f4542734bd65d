package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP itself asks of every path. */
class HttpMannersTest {
    private static final String HELLO = "{\"to\":\"+15005550010\",\"text\":\"Hello\"}";

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1", "/v2/messages", "/v1/messages/a/b", "/v1/message", "/callbacks/other/status"})
    void answers_404_with_a_problem_where_there_is_nothing(String path) {
        HttpResponse<String> response = gateway.get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(response).getString("code")).isEqualTo("not_found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | /v1/messages | GET, HEAD, POST, OPTIONS",
                "GET | /v1/messages/batch | POST, OPTIONS",
                "POST | /v1/messages/019a0000-0000-7000-8000-000000000001 | GET, HEAD, OPTIONS",
                "GET | /v1/messages/019a0000-0000-7000-8000-000000000001/cancel | POST, OPTIONS",
                "PUT | /v1/ledger | GET, HEAD, OPTIONS",
                "GET | /callbacks/twilio/status | POST, OPTIONS",
                "POST | /openapi.yaml | GET, HEAD, OPTIONS"
            })
    void answers_405_with_the_methods_that_a_path_takes(String method, String path, String allowed) {
        HttpResponse<String> response = gateway.send(gateway.request(path).method(method, BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue(allowed);
        assertThat(json(response).getString("code")).isEqualTo("method_not_allowed");
    }

    @Test
    void answers_options_with_the_methods_that_a_path_takes() {
        HttpResponse<String> response =
                gateway.sendAsIs(gateway.request("/v1/messages").method("OPTIONS", BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD, POST, OPTIONS");
    }

    @Test
    void answers_head_as_get_without_the_body() {
        HttpResponse<String> get = gateway.get("/v1/ledger");
        HttpResponse<String> head = gateway.send(gateway.request("/v1/ledger").HEAD());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .hasValue(Integer.toString(get.body().length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "Application/JSON"})
    void takes_json_by_any_of_its_names(String type) {
        assertThat(gateway.post("/v1/messages", HELLO, "Content-Type", type).statusCode())
                .isEqualTo(202);
    }

    @Test
    void takes_a_body_without_a_content_type_for_json() {
        HttpResponse<String> response =
                gateway.send(gateway.request("/v1/messages").POST(BodyPublishers.ofString(HELLO)));

        assertThat(response.statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "text/plain",
                "application/problem+json",
                "nonsense"
            })
    void takes_json_by_whatever_name_it_comes(String type) {
        String batch = "{\"messages\":[" + (HELLO + ",").repeat(900)
                + "{\"to\":\"+15005550010\",\"text\":\"50% off & more = less\"}]}";

        assertThat(gateway.post("/v1/messages", HELLO, "Content-Type", type).statusCode())
                .isEqualTo(202);
        assertThat(json(gateway.post("/v1/messages/batch", batch, "Content-Type", type))
                        .getInteger("accepted"))
                .isEqualTo(901);
        assertThat(gateway.sql().count("SELECT count(*) FROM message WHERE body = '50% off & more = less'"))
                .isOne();
    }

    @Test
    void refuses_a_compressed_body_with_a_word() throws IOException {
        HttpResponse<String> response = gateway.send(
                gateway.request("/v1/messages").POST(BodyPublishers.ofByteArray(gzip(HELLO))),
                "Content-Type",
                "application/json",
                "Content-Encoding",
                "gzip");

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(json(response).getString("detail")).contains("without Content-Encoding");
    }

    @Test
    void refuses_a_body_over_a_mebibyte_whether_its_length_is_told_or_not() {
        String body = "{\"text\":\"" + "x".repeat(1024 * 1024) + "\"}";
        HttpResponse<String> told = gateway.post("/v1/messages", body);
        HttpResponse<String> untold = gateway.send(gateway.request("/v1/messages/batch")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(body))));

        assertThat(told.statusCode()).isEqualTo(413);
        assertThat(untold.statusCode()).isEqualTo(413);
        assertThat(json(untold).getString("code")).isEqualTo("body_too_large");
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isZero();
    }

    @Test
    void lets_a_client_that_asks_first_send_its_body_and_says_so_once() throws IOException {
        String head =
                "POST /v1/messages HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\nAuthorization: Bearer "
                        + RunningGateway.API_KEY + "\r\nContent-Length: ";
        try (Socket socket = new Socket("localhost", gateway.port())) {
            socket.setSoTimeout(5_000);
            write(socket, head + HELLO.length() + "\r\n\r\n");
            assertThat(read(socket)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            write(socket, HELLO);
            assertThat(read(socket)).startsWith("HTTP/1.1 202");
        }
        assertThat(raw(head + 2_000_000 + "\r\n\r\n")).startsWith("HTTP/1.1 413");
    }

    @Test
    void refuses_a_stranger_before_the_body_is_there() throws IOException {
        String head = "POST /v1/messages HTTP/1.1\r\nHost: x\r\n";

        assertThat(raw(head + "Content-Length: 1000000\r\n\r\n{")).startsWith("HTTP/1.1 401");
        assertThat(raw(head + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n")).startsWith("HTTP/1.1 401");
    }

    @Test
    void refuses_bodies_that_would_fill_the_heap_and_takes_others_when_they_are_gone() throws Exception {
        String half = "POST /v1/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + RunningGateway.API_KEY
                + "\r\nContent-Length: 1048576\r\n\r\n{";
        List<Socket> open = new ArrayList<>();
        try {
            // A quarter of the heap, and some.
            for (long i = Runtime.getRuntime().maxMemory() / 4 / 1_048_576 + 50; i > 0; i--) {
                Socket socket = new Socket("localhost", gateway.port());
                open.add(socket);
                write(socket, half);
            }

            // Event loops come to them in their own time.
            await().until(() -> isRefusedForNow(half));
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        await().until(() -> gateway.post("/v1/messages", "{\"to\":\"+15005550010\",\"text\":\"Hello\"}")
                        .statusCode()
                == 202);
    }

    @Test
    void speaks_http_2_too() throws Exception {
        try (HttpClient http2 =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            HttpResponse<String> response = http2.send(
                    gateway.request("/v1/messages")
                            .header("Authorization", "Bearer " + RunningGateway.API_KEY)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(HELLO))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(response.statusCode()).isEqualTo(202);
        }
    }

    @Test
    void refuses_a_query_that_cannot_be_decoded() throws IOException {
        String response =
                raw("GET /v1/messages?to=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                        + RunningGateway.API_KEY + "\r\n\r\n");

        assertThat(response).startsWith("HTTP/1.1 400").contains("\"code\":\"unreadable\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%zz", "/v1/messages/%E0%A4%A", "/callbacks/fast2sms/status/a%"})
    void refuses_a_path_that_cannot_be_decoded(String path) throws IOException {
        String response = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(response).startsWith("HTTP/1.1 400").contains("\"code\":\"unreadable\"");
    }

    @Test
    void says_nothing_and_stores_nothing_when_a_client_goes_away_in_the_middle_of_its_body() throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            try (Socket socket = new Socket("localhost", gateway.port())) {
                socket.getOutputStream()
                        .write(("POST /v1/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                        + RunningGateway.API_KEY + "\r\nContent-Length: 100\r\n\r\n{\"to\":")
                                .getBytes(StandardCharsets.US_ASCII));
            }

            assertThat(gateway.get("/v1/ledger").statusCode()).isEqualTo(200);
            assertThat(log.lines("Request failed")).isEmpty();
            assertThat(log.lines("Refused for now")).isEmpty();
        }
    }

    @Test
    void describes_itself() {
        HttpResponse<String> response =
                gateway.sendAsIs(gateway.request("/openapi.yaml").GET());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/yaml");
        assertThat(response.body()).startsWith("openapi: 3.1.0");
    }

    /** False when it is waited for instead. */
    private static boolean isRefusedForNow(String request) throws IOException {
        try (Socket socket = new Socket("localhost", gateway.port())) {
            socket.setSoTimeout(500);
            write(socket, request);
            return read(socket).matches("(?s)HTTP/1.1 503.*Retry-After.*");
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", gateway.port())) {
            socket.setSoTimeout(5_000);
            write(socket, request);
            return read(socket);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(Socket socket) throws IOException {
        byte[] buffer = new byte[8 * 1024];
        int length = socket.getInputStream().read(buffer);
        return new String(buffer, 0, Math.max(length, 0), StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
