package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A language model behind the conversation: what it is asked, and that nobody waits for one that does not answer. */
class SymptomModelTest {
    private static final CountDownLatch NEVER = new CountDownLatch(1);
    private static final List<JsonObject> QUESTIONS = new CopyOnWriteArrayList<>();
    private static final HttpServer MODEL = model();
    private static volatile String answer = "";

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway(
            TestDatabase.fresh(),
            Map.of(
                    "HELIOGRAPH_SYMPTOM_MODEL_URL",
                    "http://127.0.0.1:" + MODEL.getAddress().getPort() + "/symptoms",
                    "HELIOGRAPH_SYMPTOM_MODEL_TOKEN",
                    "token-of-the-model",
                    "HELIOGRAPH_SYMPTOM_MODEL_TIMEOUT",
                    "500ms"),
            new TestClock("2026-11-24T10:00:00+05:30"));

    private final Chat chat = new Chat(gateway);

    private static HttpServer model() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/symptoms", SymptomModelTest::answer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        QUESTIONS.add(new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                .put("authorization", exchange.getRequestHeaders().getFirst("Authorization")));
        if (answer.isEmpty()) {
            try {
                NEVER.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @BeforeEach
    void open() {
        gateway.sql().execute("DELETE FROM conversation; DELETE FROM inbound_message");
        QUESTIONS.clear();
        Chat.open(gateway);
    }

    @AfterAll
    static void stop() {
        NEVER.countDown();
        MODEL.stop(0);
    }

    /** One after the other, because one that has failed is left alone for a while. */
    @Test
    void is_asked_about_what_no_word_tells_and_about_nothing_else_and_is_not_waited_for() {
        answer = "{\"specialisation\": \"dermatology\", \"urgent\": false}";
        assertThat(chat.say("I look like a boiled lobster")).startsWith("Dr Khan (Skin) is right for that.");
        assertThat(QUESTIONS)
                .containsExactly(new JsonObject()
                        .put("text", "i look like a boiled lobster")
                        .put(
                                "specialisations",
                                new JsonArray()
                                        .add("general")
                                        .add("dermatology")
                                        .add("cardiology"))
                        .put("authorization", "Bearer token-of-the-model"));

        for (String text : List.of("tomorrow", "10 am", "Asha Maria Rao", "yes please", "fever and cough")) {
            String _ = chat.say(text);
        }
        assertThat(QUESTIONS).hasSize(1);

        answer = "{\"specialisation\": null, \"urgent\": true}";
        assertThat(chat.say("something is terribly wrong")).startsWith("⚠ This can be an emergency.");

        answer = "{\"specialisation\": \"alchemy\"}";
        assertThat(chat.say("my humours are out of balance")).contains("not understand");
        assertThat(QUESTIONS).hasSize(3);

        answer = "";
        assertThat(chat.say("it is the third humour again")).isNotEmpty();
        assertThat(QUESTIONS).hasSize(4);
        assertThat(chat.say("and it is not the fourth")).isNotEmpty();
        assertThat(QUESTIONS).hasSize(4);
    }
}
