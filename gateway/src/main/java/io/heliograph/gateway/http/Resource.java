package io.heliograph.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One path of the API and the methods that it takes. Any other method is told which those are. */
public final class Resource {
    /** What a method does. It may throw a problem, or fail with it. */
    public interface Method extends Function<RoutingContext, Future<Answer>> {}

    /**
     * How long a request that reads may take; after that the answer is 503, whatever the database does. A little less than
     * the time after which most clients and proxies give up by themselves.
     */
    public static final long ANSWER_SECONDS_MAX = 10;

    /**
     * A router tries one route after the other, and a path with parameters by a regular expression: with a hundred of those,
     * a tenth of what an event cost. So the paths that are just compared come first, after what sees every request.
     */
    private static final int ORDER_OF_PLAIN_PATHS = 10_000;

    private static final int ORDER_OF_PATHS_WITH_PARAMETERS = 20_000;

    private final Router router;
    private final Answers answers;
    private final String path;
    private final int order;
    private final List<HttpMethod> methods = new ArrayList<>();

    public Resource(Router router, Answers answers, String path) {
        this.router = router;
        this.answers = answers;
        this.path = path;
        this.order = path.contains(":") ? ORDER_OF_PATHS_WITH_PARAMETERS : ORDER_OF_PLAIN_PATHS;
    }

    /** HEAD is GET without the body, which the server leaves out by itself. */
    public Resource get(Method method) {
        Method inTime = context -> method.apply(context).timeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        return mount(HttpMethod.GET, inTime).mount(HttpMethod.HEAD, inTime);
    }

    /** Sees to its own time limit: accepting has one that costs no timer for each request. */
    public Resource post(Method method) {
        return mount(HttpMethod.POST, method);
    }

    public Resource put(Method method) {
        return mount(HttpMethod.PUT, method);
    }

    public Resource patch(Method method) {
        return mount(HttpMethod.PATCH, method);
    }

    /** Sees to its own time limit, like POST. */
    public Resource delete(Method method) {
        return mount(HttpMethod.DELETE, method);
    }

    /** For callers that know no better; HEAD, which must change nothing, is not beside it. */
    public Resource getThatChanges(Method method) {
        return mount(HttpMethod.GET, method);
    }

    /** Answers for itself, and goes on for as long as the client likes; only what keeps it from beginning is answered here. */
    public Resource getWithoutEnd(Function<RoutingContext, Future<Void>> begin) {
        methods.add(HttpMethod.GET);
        router.route(HttpMethod.GET, path).handler(context -> {
            try {
                Future<Void> _ = begin.apply(context)
                        .onFailure(failure -> answers.answer(context, Future.failedFuture(failure)));
            } catch (RuntimeException e) {
                answers.answer(context, Future.failedFuture(e));
            }
        });
        return this;
    }

    /** Ends the list. */
    public void andNothingElse() {
        methods.add(HttpMethod.OPTIONS);
        String allowed = methods.stream().map(HttpMethod::name).collect(Collectors.joining(", "));
        router.route(path).order(order).handler(context -> {
            context.response().putHeader("Allow", allowed);
            if (context.request().method().equals(HttpMethod.OPTIONS)) {
                answers.answer(context, Future.succeededFuture(Answer.noContent()));
            } else {
                answers.problem(
                        context,
                        Problem.of(
                                ProblemCode.METHOD_NOT_ALLOWED, "This path takes " + allowed + ". See /openapi.yaml."));
            }
        });
    }

    private Resource mount(HttpMethod httpMethod, Method method) {
        methods.add(httpMethod);
        router.route(httpMethod, path).order(order).handler(context -> answers.answer(context, call(method, context)));
        return this;
    }

    private static Future<Answer> call(Method method, RoutingContext context) {
        try {
            return method.apply(context);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
