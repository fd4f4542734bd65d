package io.heliograph.worker.sms;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.Account;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import io.heliograph.contract.Reason;
import io.heliograph.worker.http.HttpTransport;
import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Meaning;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outcome.Refused;
import io.heliograph.worker.provider.Outcome.TryLater;
import io.heliograph.worker.provider.Outcome.Unknown;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.Provider;
import io.heliograph.worker.provider.ReceiptSource;
import io.heliograph.worker.provider.SendBy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Twilio's Messages API through Twilio's own SDK, one message a call, one POST a message. */
public final class TwilioProvider implements Provider, ReceiptSource {
    /** Our own code for "no connection"; Twilio's are numbers. */
    static final String UNREACHABLE = "provider_unreachable";

    /** No request can be made of it, so nothing was sent, and nothing will be. */
    private static final Outcome NOT_SENDABLE = new Refused("not_sendable", Reason.REFUSED_BY_PROVIDER);

    /** A route leads email here, and email is not Twilio's Messages API's. */
    private static final Outcome OTHER_CHANNEL = new Refused("channel_not_carried", Reason.PROVIDER_CONFIGURATION);

    private static final int VALIDITY_SECONDS_MAX = 36_000;

    private final TwilioSettings settings;
    private final HttpTransport transport;
    private final TwilioLookUp lookUp;

    public TwilioProvider(Vertx vertx, TwilioSettings settings) {
        this.settings = settings;
        this.transport = new HttpTransport(vertx, settings.concurrency(), settings.timeout());
        this.lookUp = new TwilioLookUp(settings);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public int callSizeMax() {
        return 1;
    }

    @Override
    public List<Outcome> send(List<Outgoing> call) {
        if (!settings.hasCredentials()) {
            return List.of(Meaning.SHUT_OUT.outcome("credentials_missing"));
        }
        Outgoing only = call.getFirst();
        if (!only.channel().goesToNumber()) {
            return List.of(OTHER_CHANNEL);
        }
        boolean anonymous = only.from(settings.senders()).isEmpty();
        return List.of(anonymous ? Meaning.CONFIGURATION.outcome("sender_missing") : sendOne(only));
    }

    @Override
    public boolean canFind() {
        return true;
    }

    @Override
    public LookUp find(Outgoing lost) {
        if (!lost.channel().goesToNumber()) {
            return new LookUp.Seen(List.of());
        }
        return lookUp.find(lost, client(new TwilioExchange(transport, settings.baseUrl(), lost.sendBy())));
    }

    @Override
    public Told receiptOf(String providerMessageId, @Nullable SendBy sendBy) {
        TwilioExchange exchange = new TwilioExchange(transport, settings.baseUrl(), sendBy);
        try {
            Message message = Message.fetcher(providerMessageId).fetch(client(exchange));
            Integer code = message.getErrorCode();
            return message.getStatus() == null
                    // A word that the SDK does not know, or no message at all.
                    ? new Told.Unavailable("http_" + exchange.status())
                    : new Told.Status(message.getStatus().toString(), code == null ? null : code.toString());
        } catch (HttpTransport.TooLateException _) {
            return Told.TOO_LATE;
        } catch (HttpTransport.NotSentException _) {
            return new Told.Unavailable(UNREACHABLE);
        } catch (HttpTransport.AnswerLostException _) {
            return new Told.Unavailable("answer_lost");
        } catch (TwilioException _) {
            Integer status = exchange.status();
            return status != null && status == 404 ? new Told.NotFound() : new Told.Unavailable("http_" + status);
        }
    }

    /** Reads the account itself. */
    @Override
    public Health check() {
        if (!settings.hasCredentials()) {
            return new Health.CredentialsWrong();
        }
        TwilioExchange exchange = new TwilioExchange(transport, settings.baseUrl(), null);
        try {
            Account account = Account.fetcher(settings.accountSid()).fetch(client(exchange));
            return settings.accountSid().equals(account.getSid()) ? new Health.Up() : down(exchange);
        } catch (HttpTransport.NotSentException _) {
            return new Health.Down(UNREACHABLE);
        } catch (HttpTransport.AnswerLostException _) {
            return new Health.Down("answer_lost");
        } catch (TwilioException _) {
            Integer status = exchange.status();
            boolean shutOut = status != null && (status == 401 || status == 403);
            return shutOut ? new Health.CredentialsWrong() : down(exchange);
        }
    }

    private static Health down(TwilioExchange exchange) {
        return new Health.Down("http_" + exchange.status());
    }

    public Future<Void> close() {
        return transport.close();
    }

    private Outcome sendOne(Outgoing outgoing) {
        MessageCreator creator;
        try {
            creator = creator(outgoing);
        } catch (IllegalArgumentException _) {
            return NOT_SENDABLE;
        }
        return create(creator, new TwilioExchange(transport, settings.baseUrl(), outgoing.sendBy()));
    }

    private Outcome create(MessageCreator creator, TwilioExchange exchange) {
        try {
            Message created = creator.create(client(exchange));
            String sid = created.getSid();
            // A redirect, or a success without a message, also ends here: the SDK takes 200 to 399 for success.
            return sid == null || sid.isBlank() ? new Unknown("http_" + exchange.status()) : new Accepted(sid);
        } catch (HttpTransport.TooLateException _) {
            return TryLater.TOO_LATE;
        } catch (HttpTransport.NotSentException _) {
            return new TryLater(UNREACHABLE, Reason.PROVIDER_UNREACHABLE, Pace.AWAY);
        } catch (HttpTransport.AnswerLostException _) {
            return new Unknown("answer_lost");
        } catch (ApiException e) {
            return refused(exchange, e);
        }
    }

    private static Outcome refused(TwilioExchange exchange, ApiException e) {
        Integer status = exchange.status();
        return status == null ? NOT_SENDABLE : TwilioAnswers.classify(status, e.getCode(), exchange.retryAfter());
    }

    private MessageCreator creator(Outgoing outgoing) {
        TwilioAddresses addresses = TwilioAddresses.of(outgoing, settings);
        PhoneNumber to = new PhoneNumber(addresses.to());
        MessageCreator creator = addresses.fromIsMessagingService()
                ? Message.creator(to, addresses.from(), outgoing.content().text())
                : Message.creator(
                        to,
                        new PhoneNumber(addresses.from()),
                        outgoing.content().text());
        if (!outgoing.content().mediaUrls().isEmpty()) {
            creator.setMediaUrl(
                    outgoing.content().mediaUrls().stream().map(URI::create).toList());
        }
        Outgoing.ContentTemplate template = outgoing.content().template();
        if (template != null) {
            // Instead of the text, which says the same to whoever cannot press anything.
            creator.setBody(null);
            creator.setContentSid(template.sid());
            creator.setContentVariables(new JsonObject(new TreeMap<>(template.variables())).encode());
        }
        return creator.setStatusCallback(settings.statusCallback(outgoing.id(), outgoing.attempt()))
                .setValidityPeriod(Math.clamp(outgoing.validFor().toSeconds(), 1, VALIDITY_SECONDS_MAX));
    }

    private TwilioRestClient client(TwilioExchange exchange) {
        return new TwilioRestClient.Builder(settings.accountSid(), settings.authToken())
                .httpClient(exchange)
                .build();
    }
}
