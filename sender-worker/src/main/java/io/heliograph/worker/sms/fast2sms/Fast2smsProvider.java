package io.heliograph.worker.sms.fast2sms;

import io.heliograph.contract.Channel;
import io.heliograph.contract.ReceiptKey;
import io.heliograph.worker.http.HttpTransport;
import io.heliograph.worker.http.Reply;
import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Meaning;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Provider;
import io.heliograph.worker.provider.SendBy;
import io.heliograph.worker.sms.Apart;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fast2SMS' bulkV2: one text to many numbers in India, or on some routes many texts. One id a call, so receipts name the call and the number. */
public final class Fast2smsProvider implements Provider {
    private static final Pattern MOBILE = Pattern.compile("\\+?91([6-9]\\d{9})");
    private static final Outcome NOT_INDIAN = Meaning.RECIPIENT.outcome("not_indian");

    private final Fast2smsSettings settings;
    private final HttpTransport transport;
    private final Apart apart = new Apart();

    public Fast2smsProvider(Vertx vertx, Fast2smsSettings settings) {
        this.settings = settings;
        this.transport = new HttpTransport(vertx, settings.concurrency(), settings.timeout());
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public int callSizeMax() {
        // Fast2SMS refuses an otp to many.
        return settings.route() == Fast2smsSettings.Route.OTP ? 1 : settings.callSizeMax();
    }

    @Override
    public Object callKey(Outgoing outgoing) {
        Object text = settings.route().takesManyTexts() ? "" : outgoing.content();
        return apart.key(outgoing, Arrays.asList(outgoing.channel(), outgoing.from(settings.senders()), text));
    }

    @Override
    public String receiptKey(Outgoing first, Outgoing of) {
        return ReceiptKey.of(ReceiptKey.callRef(first.id(), first.attempt()), of.recipient());
    }

    @Override
    public List<Outcome> send(List<Outgoing> call) {
        if (settings.apiKey().isBlank()) {
            return Collections.nCopies(call.size(), Meaning.SHUT_OUT.outcome("credentials_missing"));
        }
        if (call.getFirst().channel() != Channel.SMS) {
            return Collections.nCopies(call.size(), Meaning.CONFIGURATION.outcome("channel_not_carried"));
        }
        Outgoing first = call.getFirst();
        Fast2smsCall body = new Fast2smsCall(ReceiptKey.callRef(first.id(), first.attempt()));
        Map<Outgoing, Outcome> leftOut = new HashMap<>();
        call.forEach(one -> add(one, body, leftOut));
        List<Outgoing> sent =
                call.stream().filter(one -> !leftOut.containsKey(one)).toList();
        Outcome outcome = sent.isEmpty() ? NOT_INDIAN : outcome(sent, body);
        return call.stream().map(one -> leftOut.getOrDefault(one, outcome)).toList();
    }

    /** There is nothing to look in: Fast2SMS tells of a message by its receipt only. */
    @Override
    public LookUp find(Outgoing lost) {
        return new LookUp.Seen(List.of());
    }

    /** Looks into the wallet. */
    @Override
    public Health check() {
        if (settings.apiKey().isBlank()) {
            return new Health.CredentialsWrong();
        }
        return switch (post("/dev/wallet", new JsonObject(), null)) {
            case Reply.Wordless(Outcome outcome) -> Health.of(outcome);
            case Reply.Words words -> isTrue(words) ? new Health.Up() : Health.of(refused(words));
        };
    }

    public Future<Void> close() {
        return transport.close();
    }

    /** What can plainly not be sent would have them refuse the whole call. */
    private void add(Outgoing one, Fast2smsCall body, Map<Outgoing, Outcome> leftOut) {
        if (!MOBILE.matcher(one.recipient()).matches()) {
            leftOut.put(one, NOT_INDIAN);
            return;
        }
        switch (Fast2smsMessage.of(one, settings)) {
            case Fast2smsMessage.Made.Impossible(Meaning meaning, String code) ->
                leftOut.put(one, meaning.outcome(code));
            case Fast2smsMessage.Made.Fields(JsonObject json) -> body.add(json, ReceiptKey.tail(one.recipient()));
        }
    }

    private Outcome outcome(List<Outgoing> sent, Fast2smsCall body) {
        return switch (post("/dev/bulkV2", body.body(), sent.getFirst().sendBy())) {
            case Reply.Wordless(Outcome outcome) -> outcome;
            case Reply.Words words
            when isTrue(words) ->
                words.json().getValue("request_id") instanceof String id && !id.isBlank()
                        ? new Accepted(id)
                        : words.strange();
            case Reply.Words words -> {
                OptionalInt code = code(words);
                boolean oneIsWrong =
                        code.isPresent() && isOfOne(Fast2smsCodes.of(code.getAsInt()), body) && sent.size() > 1;
                yield oneIsWrong ? apart.take(sent, Integer.toString(code.getAsInt())) : refused(words);
            }
        };
    }

    /** Whether it can be the fault of one of the call, and no other's. */
    private static boolean isOfOne(Meaning meaning, Fast2smsCall body) {
        return switch (meaning) {
            case RECIPIENT -> true;
            // Of a text, or of its template.
            case PERMANENT, CONFIGURATION -> body.isMixed();
            // A call has one sender.
            case SENDER, OPTED_OUT, SHUT_OUT, BUSY, MUCH_LATER, AMBIGUOUS -> false;
        };
    }

    private static Outcome refused(Reply.Words words) {
        OptionalInt code = code(words);
        return code.isPresent()
                ? Fast2smsCodes.of(code.getAsInt()).outcome(Integer.toString(code.getAsInt()), words.retryAfter())
                : words.strange();
    }

    /** It has refused only when it says so, with a code of its own; anything else says nothing. */
    private static OptionalInt code(Reply.Words words) {
        return Boolean.FALSE.equals(words.json().getValue("return"))
                        && words.json().getValue("status_code") instanceof Number code
                ? OptionalInt.of(code.intValue())
                : OptionalInt.empty();
    }

    private static boolean isTrue(Reply.Words words) {
        return words.ok() && Boolean.TRUE.equals(words.json().getValue("return"));
    }

    private Reply post(String path, JsonObject body, @Nullable SendBy sendBy) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(settings.baseUrl() + path)
                .putHeader("authorization", settings.apiKey())
                .putHeader("Content-Type", "application/json");
        return Reply.to(transport, options, body.toBuffer(), sendBy);
    }
}
