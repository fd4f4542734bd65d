package io.heliograph.gateway.booking.symptoms;

import io.heliograph.gateway.booking.hearing.Said;
import io.heliograph.gateway.booking.hearing.SymptomTable.Meaning;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a language model about what the words of the account do not know, and nothing else: those hold. A person waits, and a transaction with them, so it is
 * asked for a bounded time, by few at once, and not at all for a while when it has failed; then it is as if there were none.
 */
public final class AskedSymptoms implements Symptoms {
    private static final Logger log = LoggerFactory.getLogger(AskedSymptoms.class);

    private static final int CALLS_MAX = 4;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int ANSWER_BYTES_MAX = 10_000;
    /** A greeting is no trouble. */
    private static final int WORDS_MIN = 2;

    private final SymptomModel model;
    private final Symptoms words;
    private final HttpClient client;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong pausedUntilNanos = new AtomicLong(System.nanoTime());

    public AskedSymptoms(Vertx vertx, SymptomModel model, Symptoms words) {
        this.model = model;
        this.words = words;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) model.timeout().toMillis())
                .setMaxChunkSize(ANSWER_BYTES_MAX));
    }

    @Override
    public Future<String> kind(long accountId, String specialisation) {
        return words.kind(accountId, specialisation);
    }

    @Override
    public Future<Meaning> meaning(long accountId, Told told) {
        return words.meaning(accountId, told)
                .compose(known ->
                        known.specialisations().isEmpty() && told.said().words().size() >= WORDS_MIN
                                ? asked(told.said(), told.kinds(), known)
                                : Future.succeededFuture(known));
    }

    /** What it says, or what is known without it. */
    private Future<Meaning> asked(Said said, List<String> kinds, Meaning known) {
        boolean isPaused = System.nanoTime() - pausedUntilNanos.get() < 0;
        if (kinds.isEmpty() || isPaused || calls.getAndUpdate(now -> Math.min(now + 1, CALLS_MAX)) == CALLS_MAX) {
            return Future.succeededFuture(known);
        }
        return call(said, kinds)
                .map(told -> new Meaning(told.specialisations(), known.urgent() || told.urgent()))
                .timeout(model.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> {
                    pausedUntilNanos.set(System.nanoTime() + PAUSE_NANOS);
                    log.atWarn()
                            .addKeyValue("failure", failure.getClass().getSimpleName())
                            .log("The language model did not say what a symptom means");
                    return Future.succeededFuture(known);
                })
                .onComplete(_ -> calls.decrementAndGet());
    }

    private Future<Meaning> call(Said said, List<String> kinds) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(model.url())
                .setTimeout(model.timeout().toMillis())
                .putHeader("Content-Type", "application/json");
        if (model.token() != null) {
            options.putHeader("Authorization", "Bearer " + model.token());
        }
        JsonObject question = new JsonObject().put("text", said.text()).put("specialisations", new JsonArray(kinds));
        return client.request(options)
                .compose(request -> request.send(question.toBuffer()))
                .compose(AskedSymptoms::body)
                .map(answer -> told(answer, kinds));
    }

    private static Future<JsonObject> body(HttpClientResponse response) {
        return response.statusCode() == 200
                ? response.body()
                        .map(body -> new JsonObject(body.getBuffer(0, Math.min(body.length(), ANSWER_BYTES_MAX))))
                : Future.failedFuture(new IllegalStateException("http_" + response.statusCode()));
    }

    /** It may choose among the kinds that there are, and not invent one. */
    private static Meaning told(JsonObject answer, List<String> kinds) {
        Object kind = answer.getValue("specialisation");
        boolean urgent = Boolean.TRUE.equals(answer.getValue("urgent"));
        return new Meaning(kind instanceof String word && kinds.contains(word) ? List.of(word) : List.of(), urgent);
    }
}
