package io.heliograph.worker.sms.textlocal;

import io.heliograph.contract.Channel;
import io.heliograph.contract.ReceiptKey;
import io.heliograph.contract.Segments;
import io.heliograph.worker.http.HttpTransport;
import io.heliograph.worker.http.Reply;
import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Meaning;
import io.heliograph.worker.provider.Outcome;
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
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Textlocal: one text to many numbers, or as many texts, in one call; an id for each. */
public final class TextlocalProvider implements Provider, ReceiptSource {
    private final TextlocalSettings settings;
    private final HttpTransport transport;
    private final Apart apart = new Apart();

    public TextlocalProvider(Vertx vertx, TextlocalSettings settings) {
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

    /** Texts may differ; whether they need more than the GSM alphabet is said once a call. */
    @Override
    public Object callKey(Outgoing outgoing) {
        boolean media = !outgoing.content().mediaUrls().isEmpty();
        return apart.key(
                outgoing,
                Arrays.asList(outgoing.channel(), outgoing.from(settings.senders()), isUnicode(outgoing), media));
    }

    @Override
    public String receiptKey(Outgoing first, Outgoing of) {
        return ReceiptKey.of(ReceiptKey.callRef(first.id(), first.attempt()), of.recipient());
    }

    @Override
    public List<Outcome> send(List<Outgoing> call) {
        if (settings.apiKey().isBlank()) {
            return all(call, Meaning.SHUT_OUT.outcome("credentials_missing"));
        }
        Outgoing first = call.getFirst();
        if (first.channel() != Channel.SMS) {
            return all(call, Meaning.CONFIGURATION.outcome("channel_not_carried"));
        }
        if (!first.content().mediaUrls().isEmpty()) {
            return all(call, Meaning.PERMANENT.outcome("not_sendable"));
        }
        if (first.from(settings.senders()).isEmpty()) {
            return all(call, Meaning.CONFIGURATION.outcome("sender_missing"));
        }
        boolean oneText = call.stream()
                .allMatch(one -> one.content().text().equals(first.content().text()));
        return switch (oneText
                ? post("/send/", sameText(call), first.sendBy())
                : post("/bulk_json/", manyTexts(call), first.sendBy())) {
            case Reply.Wordless(Outcome outcome) -> all(call, outcome);
            case Reply.Words words ->
                TextlocalAnswers.isSuccess(words)
                        ? TextlocalAnswers.accepted(call, words)
                        : all(call, refused(call, words));
        };
    }

    /** Textlocal shows what it has sent by time only, without a word of ours: that proves nothing. */
    @Override
    public LookUp find(Outgoing lost) {
        return new LookUp.Seen(List.of());
    }

    @Override
    public Told receiptOf(String providerMessageId, @Nullable SendBy sendBy) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("message_id", providerMessageId);
        return switch (post("/status_message/", form, sendBy)) {
            case Reply.Wordless(Outcome.TryLater later) -> new Told.Unavailable(later.code());
            case Reply.Wordless _ -> new Told.Unavailable("no_answer");
            case Reply.Words words -> TextlocalAnswers.told(words);
        };
    }

    /** Asks for the balance. */
    @Override
    public Health check() {
        if (settings.apiKey().isBlank()) {
            return new Health.CredentialsWrong();
        }
        return switch (post("/balance/", new LinkedHashMap<>(), null)) {
            case Reply.Wordless(Outcome outcome) -> Health.of(outcome);
            case Reply.Words words ->
                TextlocalAnswers.isSuccess(words) ? new Health.Up() : Health.of(refused(List.of(), words));
        };
    }

    public Future<Void> close() {
        return transport.close();
    }

    private Outcome refused(List<Outgoing> call, Reply.Words words) {
        OptionalInt code = TextlocalAnswers.code(words);
        if (code.isEmpty()) {
            return words.strange();
        }
        Meaning meaning = TextlocalCodes.of(code.getAsInt());
        String text = Integer.toString(code.getAsInt());
        return meaning == Meaning.RECIPIENT && call.size() > 1
                ? apart.take(call, text)
                : meaning.outcome(text, words.retryAfter());
    }

    private Map<String, String> sameText(List<Outgoing> call) {
        Outgoing first = call.getFirst();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("sender", first.from(settings.senders()));
        form.put("message", first.content().text());
        form.put("numbers", call.stream().map(TextlocalProvider::digits).collect(Collectors.joining(",")));
        form.put("custom", callRef(call));
        form.put("unicode", Boolean.toString(isUnicode(first)));
        if (settings.receiptUrl() != null) {
            form.put("receipt_url", settings.receiptUrl());
        }
        return form;
    }

    private Map<String, String> manyTexts(List<Outgoing> call) {
        JsonArray messages = new JsonArray();
        call.forEach(one -> messages.add(new JsonObject()
                .put("number", Long.parseLong(digits(one)))
                .put("text", one.content().text())));
        JsonObject data = new JsonObject()
                .put("sender", call.getFirst().from(settings.senders()))
                .put("custom", callRef(call))
                .put("unicode", isUnicode(call.getFirst()))
                .put("messages", messages);
        if (settings.receiptUrl() != null) {
            data.put("receipt_url", settings.receiptUrl());
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("data", data.encode());
        return form;
    }

    private Reply post(String path, Map<String, String> form, @Nullable SendBy sendBy) {
        form.put("apikey", settings.apiKey());
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(settings.baseUrl() + path)
                .putHeader("Content-Type", "application/x-www-form-urlencoded");
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return Reply.to(transport, options, Buffer.buffer(body), sendBy);
    }

    private static String callRef(List<Outgoing> call) {
        return ReceiptKey.callRef(call.getFirst().id(), call.getFirst().attempt());
    }

    private static boolean isUnicode(Outgoing outgoing) {
        return !Segments.isGsm(outgoing.content().text());
    }

    private static String digits(Outgoing outgoing) {
        return outgoing.recipient().replaceAll("\\D", "");
    }

    private static List<Outcome> all(List<Outgoing> call, Outcome outcome) {
        return Collections.nCopies(call.size(), outcome);
    }
}
