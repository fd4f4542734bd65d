package io.heliograph.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A customer's server: catches every call with its parameters and headers, and answers as it is told to. */
final class CallbackCatcher {
    record Caught(String method, String url, Map<String, String> parameters, Map<String, String> headers, String body) {
        String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private final List<Caught> caught = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int status = 204;
    private volatile String headerName = "X-Nothing";
    private volatile String headerValue = "";
    private volatile String body = "";

    CallbackCatcher(Vertx vertx) throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    String type = request.getHeader("Content-Type");
                    request.setExpectMultipart(type != null && type.startsWith("application/x-www-form-urlencoded"));
                    request.bodyHandler(received -> {
                        Map<String, String> parameters = new TreeMap<>();
                        request.formAttributes().forEach(parameters::put);
                        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                        request.headers().forEach(headers::put);
                        caught.add(new Caught(
                                request.method().name(),
                                request.absoluteURI(),
                                parameters,
                                headers,
                                received.toString()));
                        request.response()
                                .setStatusCode(status)
                                .putHeader(headerName, headerValue)
                                .end(body);
                    });
                })
                .listen(0, "127.0.0.1")
                .await(20, TimeUnit.SECONDS);
    }

    void answer(int newStatus) {
        status = newStatus;
    }

    void answer(int newStatus, String header, String value, String newBody) {
        status = newStatus;
        headerName = header;
        headerValue = value;
        body = newBody;
    }

    void reset() {
        caught.clear();
        answer(204, "X-Nothing", "", "");
    }

    String url(String pathAndQuery) {
        return "http://localhost:" + server.actualPort() + pathAndQuery;
    }

    List<Caught> caught() {
        return List.copyOf(caught);
    }

    List<String> statuses() {
        return caught.stream().map(call -> call.parameter("MessageStatus")).toList();
    }
}
