package io.heliograph.gateway.notifications.preferences;

import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.ProblemForm;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Problems of the page, told to a person: in both languages, because nobody knows yet who that is. */
public final class PageProblems implements ProblemForm {
    private static final String PAGE = """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%1$s</title></head>
        <body><main><h1>%1$s</h1><p lang="hi">%2$s</p></main></body>
        </html>
        """;

    @Override
    public Answer answer(Problem problem, HttpServerRequest request) {
        String page = switch (problem.code()) {
            case NOT_FOUND -> PAGE.formatted("This link is not valid any more.", "यह लिंक अब मान्य नहीं है।");
            case UNAVAILABLE, INTERNAL ->
                PAGE.formatted("Please try again in a moment.", "कृपया थोड़ी देर में फिर कोशिश करें।");
            default -> PAGE.formatted("This cannot be done.", "यह नहीं किया जा सकता।");
        };
        Answer answer = new Answer(problem.code().status(), PageView.HEADERS, Buffer.buffer(page));
        return problem.code() == ProblemCode.UNAVAILABLE ? answer.with("Retry-After", RETRY_AFTER_SECONDS) : answer;
    }
}
