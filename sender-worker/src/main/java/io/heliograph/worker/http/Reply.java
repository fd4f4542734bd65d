package io.heliograph.worker.http;

import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.Meaning;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.TryLater;
import io.heliograph.worker.provider.Outcome.Unknown;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.SendBy;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a provider that speaks JSON replied to one call. */
public sealed interface Reply {
    /** The provider's own words, good or bad. Those of a 5xx are not among them: it may have acted before it failed. */
    record Words(int status, JsonObject json, Duration retryAfter) implements Reply {
        public boolean ok() {
            return status >= 200 && status < 300;
        }

        /** Of words that say nothing which is known of this provider. */
        public Outcome strange() {
            return byStatus(status, retryAfter);
        }
    }

    /** Nothing that is the provider's own, and all that can be said of every message in the call. */
    record Wordless(Outcome outcome) implements Reply {}

    /** Makes the call, once; {@code sendBy} as in {@link HttpTransport#exchange}. */
    static Reply to(HttpTransport transport, RequestOptions options, Buffer body, @Nullable SendBy sendBy) {
        try {
            return of(transport.exchange(options, body, sendBy));
        } catch (HttpTransport.TooLateException _) {
            return new Wordless(TryLater.TOO_LATE);
        } catch (HttpTransport.NotSentException _) {
            return new Wordless(new TryLater("provider_unreachable", Reason.PROVIDER_UNREACHABLE, Pace.AWAY));
        } catch (HttpTransport.AnswerLostException _) {
            return new Wordless(new Unknown("answer_lost"));
        }
    }

    private static Reply of(HttpTransport.Answer answer) {
        JsonObject json = answer.status() == 429 || answer.status() >= 500 ? null : json(answer);
        return json == null
                ? new Wordless(byStatus(answer.status(), answer.retryAfter()))
                : new Words(answer.status(), json, answer.retryAfter());
    }

    /** Anything that is not the provider speaking (a proxy's page, a redirect) says nothing about the messages. */
    private static Outcome byStatus(int status, Duration retryAfter) {
        String code = "http_" + status;
        return switch (status) {
            case 429 -> Meaning.BUSY.outcome(code, retryAfter);
            case 401, 403 -> Meaning.SHUT_OUT.outcome(code, retryAfter);
            default -> new Unknown(code);
        };
    }

    private static @Nullable JsonObject json(HttpTransport.Answer answer) {
        try {
            return Json.decodeValue(answer.body()) instanceof JsonObject object ? object : null;
        } catch (DecodeException _) {
            return null;
        }
    }
}
