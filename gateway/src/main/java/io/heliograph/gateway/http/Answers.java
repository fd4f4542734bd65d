package io.heliograph.gateway.http;

import io.heliograph.gateway.http.Problem.ProblemException;
import io.heliograph.runtime.Failures;
import io.heliograph.runtime.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers, and counts the refusals. The only place where a failure becomes an HTTP response. */
public final class Answers {
    private static final Logger log = LoggerFactory.getLogger(Answers.class);
    private static final String PROBLEM_TYPE = "application/problem+json";

    private final RefusedForNow refusedForNow = new RefusedForNow();
    private final Map<ProblemCode, Counter> refusals = new EnumMap<>(ProblemCode.class);
    /** By the start of the path. */
    private final Map<String, ProblemForm> forms;

    /** {@code forms} by the start of the paths whose clients know another form than the usual one. */
    public Answers(PrometheusMeterRegistry registry, Map<String, ProblemForm> forms) {
        this.forms = Map.copyOf(forms);
        for (ProblemCode code : ProblemCode.values()) {
            refusals.put(
                    code,
                    Metrics.counter(
                            registry,
                            "heliograph_http_refusals",
                            "Requests that were not done, by the code of their problem",
                            "code",
                            code.word()));
        }
    }

    /** Comes last: what no route took, and what failed in one. */
    public void mount(Router router) {
        router.route().failureHandler(this::routerFailure);
        // The router calls this for a path that it cannot decode, and leaves the status out.
        router.errorHandler(400, context -> problem(context, ServerProblems.ofStatus(context, 400)))
                .errorHandler(404, this::routerFailure);
    }

    /** Answers when it is known what, or with the problem that kept it from being known. */
    public void answer(RoutingContext context, Future<Answer> answer) {
        answer.onComplete(done -> write(context, done), failure -> failure(context, failure));
    }

    /** For what has a head that cannot be decoded: no route ever sees it, and nothing after it can be told from it. */
    public void undecodable(HttpServerRequest request) {
        Problem problem = ServerProblems.ofHead(request.decoderResult().cause());
        count(problem);
        Future<Void> _ = request.response()
                .setStatusCode(problem.code().status())
                .putHeader("Content-Type", PROBLEM_TYPE)
                .putHeader("Connection", "close")
                .end(problem.json().toBuffer())
                .eventually(() -> request.connection().close());
    }

    public void problem(RoutingContext context, Problem problem) {
        count(problem);
        write(context, form(context).answer(problem, context.request()));
    }

    /** Whatever fails under a path is told in its form, also what no route of it has seen. */
    private ProblemForm form(RoutingContext context) {
        String path = context.request().path();
        return forms.entrySet().stream()
                .filter(form -> path != null && path.startsWith(form.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(ProblemForm.USUAL);
    }

    private void count(Problem problem) {
        Objects.requireNonNull(refusals.get(problem.code())).increment();
    }

    private void failure(RoutingContext context, Throwable failure) {
        Problem problem = problemOf(context, failure);
        switch (problem.code()) {
            case UNAVAILABLE -> refusedForNow.count(failure);
            case INTERNAL ->
                log.atError()
                        .addKeyValue("error", Failures.describe(failure))
                        .setCause(Failures.withoutMessages(failure))
                        .log("Request failed");
            default -> {}
        }
        problem(context, problem);
    }

    /** For failures that the router itself finds: no route, a body over the limit, a handler that threw. */
    private void routerFailure(RoutingContext context) {
        if (context.response().closed()) {
            // The client went away while it was still sending: nobody to answer, and nothing that failed.
            return;
        }
        Throwable failure = context.failure();
        int status = failure instanceof HttpException http ? http.getStatusCode() : context.statusCode();
        if (failure == null || (status >= 400 && status < 500)) {
            problem(context, ServerProblems.ofStatus(context, status));
        } else {
            failure(context, failure);
        }
    }

    /** For what leaves a body unread. */
    static void closeWhenAnswered(RoutingContext context) {
        context.addEndHandler(answered -> {
            Future<Void> _ = context.request().connection().close();
        });
    }

    private static void write(RoutingContext context, Answer answer) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        answer.headers().forEach(response::putHeader);
        response.setStatusCode(answer.status());
        end(context, answer.body());
    }

    /** A client that has gone away is no failure of ours. */
    private static void end(RoutingContext context, Buffer body) {
        HttpServerResponse response = context.response();
        if (context.request().method().equals(HttpMethod.HEAD)) {
            // The server would write the body, and leave its length out.
            Future<Void> _ = response.putHeader("Content-Length", Integer.toString(body.length()))
                    .end();
        } else {
            Future<Void> _ = response.end(body);
        }
    }

    private static Problem problemOf(RoutingContext context, Throwable failure) {
        if (failure instanceof ProblemException expected) {
            return expected.problem();
        }
        if (failure instanceof HttpException http) {
            return ServerProblems.ofStatus(context, http.getStatusCode());
        }
        if (ServerProblems.isOfBody(context, failure)) {
            return ServerProblems.ofBody();
        }
        if (failure instanceof TimeoutException || Failures.isOutage(failure) || Failures.isConflict(failure)) {
            return Problem.unavailable("The database does not answer. Repeat the request in a moment.");
        }
        return Problem.internal();
    }
}
