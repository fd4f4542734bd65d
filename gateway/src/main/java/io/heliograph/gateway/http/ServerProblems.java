package io.heliograph.gateway.http;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** What the server and the router refuse by themselves, in our words. */
final class ServerProblems {
    private ServerProblems() {}

    /** Of a request whose head is none. */
    static Problem ofHead(@Nullable Throwable failure) {
        return switch (failure) {
            case TooLongHttpLineException _ ->
                Problem.of(
                        ProblemCode.URI_TOO_LONG,
                        "The first line of the request has more than "
                                + HttpServerOptions.DEFAULT_MAX_INITIAL_LINE_LENGTH + " bytes.");
            case TooLongHttpHeaderException _ ->
                Problem.of(
                        ProblemCode.HEADERS_TOO_LARGE,
                        "The headers have more than " + HttpServerOptions.DEFAULT_MAX_HEADER_SIZE + " bytes together.");
            case null, default -> unreadable();
        };
    }

    static Problem ofStatus(RoutingContext context, int status) {
        return switch (status) {
            case 404 -> Problem.of(ProblemCode.NOT_FOUND, "There is nothing at this path. See /openapi.yaml.");
            case 413 ->
                Problem.of(
                        ProblemCode.BODY_TOO_LARGE,
                        "The body has more than " + BodyBudget.bytesMax(context) + " bytes. Send less at once.");
            case 400, 417 -> isOfBody(context, context.failure()) ? ofBody() : unreadable();
            default -> Problem.internal();
        };
    }

    /**
     * What the server's decoder says of a body that is not framed as HTTP wants it, such as a chunk without a size. The server
     * closes such a connection before an answer is written out: this is for the count.
     */
    static boolean isOfBody(RoutingContext context, @Nullable Throwable failure) {
        return !context.request().isEnded()
                && (failure instanceof NumberFormatException || failure instanceof DecoderException);
    }

    static Problem ofBody() {
        return Problem.of(ProblemCode.UNREADABLE, "The body cannot be read to its end. Check the sizes of its chunks.");
    }

    private static Problem unreadable() {
        return Problem.of(ProblemCode.UNREADABLE, "The request cannot be decoded. Check its escapes and its headers.");
    }
}
