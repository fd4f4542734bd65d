package io.heliograph.worker.sms.plivo;

import io.heliograph.contract.Channel;
import io.heliograph.contract.ReceiptKey;
import io.heliograph.worker.http.HttpTransport;
import io.heliograph.worker.http.Reply;
import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Meaning;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outcome.Unknown;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Provider;
import io.heliograph.worker.provider.ReceiptSource;
import io.heliograph.worker.provider.SendBy;
import io.heliograph.worker.sms.Apart;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plivo's Messages API: one text to up to 1,000 recipients in one call, with an id for each. */
public final class PlivoProvider implements Provider, ReceiptSource {
    private static final Set<Channel> CHANNELS = Set.of(Channel.SMS, Channel.WHATSAPP);
    private static final Outcome INVALID = Meaning.RECIPIENT.outcome("invalid_number");

    private final PlivoSettings settings;
    private final HttpTransport transport;
    private final Apart apart = new Apart();

    public PlivoProvider(Vertx vertx, PlivoSettings settings) {
        this.settings = settings;
        this.transport = new HttpTransport(vertx, settings.concurrency(), settings.timeout());
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public int callSizeMax() {
        return settings.callSizeMax();
    }

    @Override
    public Object callKey(Outgoing outgoing) {
        return apart.key(outgoing, PlivoMessage.of(outgoing, settings.senders()));
    }

    @Override
    public String receiptKey(Outgoing first, Outgoing of) {
        return ReceiptKey.of(ReceiptKey.callRef(first.id(), first.attempt()), of.recipient());
    }

    @Override
    public List<Outcome> send(List<Outgoing> call) {
        if (!settings.hasCredentials()) {
            return all(call, Meaning.SHUT_OUT.outcome("credentials_missing"));
        }
        if (!CHANNELS.contains(call.getFirst().channel())) {
            return all(call, Meaning.CONFIGURATION.outcome("channel_not_carried"));
        }
        PlivoMessage message = PlivoMessage.of(call.getFirst(), settings.senders());
        if (message.sender().isEmpty()) {
            return all(call, Meaning.CONFIGURATION.outcome("sender_missing"));
        }
        return switch (send(call.getFirst(), message.to(call, settings).toBuffer())) {
            case Reply.Wordless(Outcome outcome) -> all(call, outcome);
            case Reply.Words words -> words.ok() ? accepted(call, words) : all(call, refused(call, words));
        };
    }

    /**
     * Plivo lists what it has sent, but neither a text nor anything of ours with it: a message that it shows could be
     * another one to the same person. That proves nothing, so nothing is looked for, and the receipt has to tell.
     */
    @Override
    public LookUp find(Outgoing lost) {
        return new LookUp.Seen(List.of());
    }

    @Override
    public Told receiptOf(String providerMessageId, @Nullable SendBy sendBy) {
        RequestOptions request = request(HttpMethod.GET, "/Message/" + providerMessageId + "/");
        return switch (Reply.to(transport, request, Buffer.buffer(), sendBy)) {
            case Reply.Wordless(Outcome.TryLater later) -> new Told.Unavailable(later.code());
            case Reply.Wordless _ -> new Told.Unavailable("no_answer");
            case Reply.Words words when words.ok() -> told(words);
            case Reply.Words words ->
                words.status() == 404 ? new Told.NotFound() : new Told.Unavailable("http_" + words.status());
        };
    }

    private static Told told(Reply.Words words) {
        Object code = words.json().getValue("error_code");
        return words.json().getValue("message_state") instanceof String state && !state.isBlank()
                ? new Told.Status(state, code == null ? null : code.toString())
                : new Told.Unavailable("no_state");
    }

    /** Reads the account itself. */
    @Override
    public Health check() {
        if (!settings.hasCredentials()) {
            return new Health.CredentialsWrong();
        }
        return switch (Reply.to(transport, request(HttpMethod.GET, "/"), Buffer.buffer(), null)) {
            case Reply.Wordless(Outcome outcome) -> Health.of(outcome);
            case Reply.Words words -> words.ok() ? new Health.Up() : Health.of(refused(List.of(), words));
        };
    }

    public Future<Void> close() {
        return transport.close();
    }

    private Reply send(Outgoing first, Buffer body) {
        return Reply.to(transport, request(HttpMethod.POST, "/Message/"), body, first.sendBy());
    }

    private static List<Outcome> accepted(List<Outgoing> call, Reply.Words words) {
        Set<String> invalid =
                strings(words, "invalid_number").stream().map(ReceiptKey::tail).collect(Collectors.toSet());
        List<String> ids = strings(words, "message_uuid");
        long valid = call.stream().filter(one -> !isAmong(invalid, one)).count();
        if (ids.size() != valid) {
            Outcome unclear = new Unknown(ids.isEmpty() ? "http_" + words.status() : "ids_do_not_match");
            return call.stream()
                    .map(one -> isAmong(invalid, one) ? INVALID : unclear)
                    .toList();
        }
        // The ids stand in the order of the numbers that are valid.
        Iterator<String> next = ids.iterator();
        List<Outcome> outcomes = new ArrayList<>(call.size());
        call.forEach(one -> outcomes.add(isAmong(invalid, one) ? INVALID : new Accepted(next.next())));
        return outcomes;
    }

    private static boolean isAmong(Set<String> numbers, Outgoing one) {
        return numbers.contains(ReceiptKey.tail(one.recipient()));
    }

    private Outcome refused(List<Outgoing> call, Reply.Words words) {
        Object error = words.json().getValue("error");
        if (error == null || words.status() < 400 || words.status() == 401 || words.status() == 403) {
            return words.strange();
        }
        PlivoError known = PlivoError.of(error.toString());
        if (known.meaning() == Meaning.RECIPIENT && call.size() > 1) {
            return apart.take(call, known.code());
        }
        return known.meaning().outcome(known.code(), words.retryAfter());
    }

    private RequestOptions request(HttpMethod method, String path) {
        String login = settings.authId() + ":" + settings.authToken();
        return new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(settings.baseUrl() + "/v1/Account/" + settings.authId() + path)
                .putHeader(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .putHeader("Content-Type", "application/json");
    }

    private static List<Outcome> all(List<Outgoing> call, Outcome outcome) {
        return Collections.nCopies(call.size(), outcome);
    }

    private static List<String> strings(Reply.Words words, String name) {
        return words.json().getValue(name) instanceof JsonArray array
                ? array.stream()
                        .filter(Objects::nonNull)
                        .map(Object::toString)
                        .filter(text -> !text.isBlank())
                        .toList()
                : List.of();
    }
}
