package io.heliograph.worker.sms;

import com.twilio.http.HttpClient;
import com.twilio.http.HttpUtility;
import com.twilio.http.Request;
import com.twilio.http.Response;
import io.heliograph.worker.http.HttpTransport;
import io.heliograph.worker.provider.SendBy;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The SDK's way to the network for one call. The SDK repeats a POST that was answered with a 5xx, up to six times; this
 * class never does. It keeps the HTTP status and Retry-After, which the SDK's exceptions lose. One for each call,
 * because the SDK's client shares what it remembers of the last one.
 */
final class TwilioExchange extends HttpClient {
    private static final String TWILIO = "https://api.twilio.com";
    private static final String USER_AGENT = HttpUtility.getUserAgentString(List.of(), true);

    private final HttpTransport transport;
    private final String baseUrl;
    private final @Nullable SendBy sendBy;
    private HttpTransport.@Nullable Answer answer;

    /** {@code sendBy} as in {@link HttpTransport#exchange}. */
    TwilioExchange(HttpTransport transport, String baseUrl, @Nullable SendBy sendBy) {
        this.transport = transport;
        this.baseUrl = baseUrl;
        this.sendBy = sendBy;
    }

    /** The SDK's loop that repeats is in the method that this one replaces. */
    @Override
    public Response reliableRequest(Request request) {
        return makeRequest(request);
    }

    @Override
    public Response makeRequest(Request request) {
        HttpTransport.Answer received = transport.exchange(options(request), body(request), sendBy);
        answer = received;
        return new Response(received.body().toString(StandardCharsets.UTF_8), received.status());
    }

    /** Null when no answer came. */
    @Nullable
    Integer status() {
        return answer == null ? null : answer.status();
    }

    /** Zero when the answer did not say. */
    Duration retryAfter() {
        return answer == null ? Duration.ZERO : answer.retryAfter();
    }

    private RequestOptions options(Request request) {
        String query = request.encodeQueryParams();
        String path = request.getUrl().substring(TWILIO.length());
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.getMethod().name().toUpperCase(Locale.ROOT)))
                .setAbsoluteURI(query.isEmpty() ? baseUrl + path : baseUrl + path + "?" + query)
                .putHeader("Authorization", request.getAuthString())
                .putHeader("User-Agent", USER_AGENT)
                .putHeader("Accept", "application/json");
        return request.getContentType() == null
                ? options
                : options.putHeader("Content-Type", request.getContentType().getValue());
    }

    private static Buffer body(Request request) {
        return request.getPostParams().isEmpty() ? Buffer.buffer() : Buffer.buffer(request.encodeFormBody());
    }
}
