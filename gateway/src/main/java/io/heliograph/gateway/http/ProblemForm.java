package io.heliograph.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.TreeMap;

/** How a problem is told: what its answer looks like. Each API that clients of others know has a form of its own. */
@FunctionalInterface
public interface ProblemForm {
    /** An outage is over within a second or takes long; in both cases a client that waits a second does right. */
    String RETRY_AFTER_SECONDS = "1";

    /** RFC 9457. */
    ProblemForm USUAL = (problem, _) -> {
        Map<String, String> headers = new TreeMap<>(Map.of("Content-Type", "application/problem+json"));
        switch (problem.code()) {
            case UNAVAILABLE -> headers.put("Retry-After", RETRY_AFTER_SECONDS);
            case TOO_MANY_CODES ->
                headers.put("Retry-After", String.valueOf(problem.more().getValue("retry_after", RETRY_AFTER_SECONDS)));
            case UNAUTHORIZED -> headers.put("WWW-Authenticate", "Bearer");
            default -> {}
        }
        return new Answer(problem.code().status(), headers, problem.json().toBuffer());
    };

    Answer answer(Problem problem, HttpServerRequest request);
}
