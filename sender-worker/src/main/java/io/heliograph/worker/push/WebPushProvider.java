package io.heliograph.worker.push;

import io.heliograph.address.AllowedAddresses;
import io.heliograph.address.DnsNames;
import io.heliograph.address.Names;
import io.heliograph.contract.Channel;
import io.heliograph.contract.PushPayload;
import io.heliograph.contract.Reason;
import io.heliograph.worker.http.HttpTransport;
import io.heliograph.worker.http.HttpTransport.Answer;
import io.heliograph.worker.http.HttpTransport.AnswerLostException;
import io.heliograph.worker.http.HttpTransport.NotSentException;
import io.heliograph.worker.http.HttpTransport.TooLateException;
import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Meaning;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outcome.TryLater;
import io.heliograph.worker.provider.Outcome.Unknown;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Outgoing.Browser;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.Provider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Web Push: each message to one browser, at the service that its endpoint names. Endpoints come from strangers, so only public addresses are
 * called, at the very address that was checked.
 */
public final class WebPushProvider implements Provider {
    private static final Outcome UNREACHABLE =
            new TryLater("provider_unreachable", Reason.PROVIDER_UNREACHABLE, Pace.AWAY);
    private static final int ID_LENGTH_MAX = 200;
    private static final AllowedAddresses PUBLIC = AllowedAddresses.beside("");

    private final WebPushSettings settings;
    private final @Nullable Vapid vapid;
    private final HttpTransport transport;
    private final Names names = new DnsNames();
    private final Duration lookUpMax;
    /** Where the last trouble was; null while there is none, or when it was asked. Of the services there are, it alone is worth asking. */
    private volatile @Nullable Endpoint troubled;

    public WebPushProvider(Vertx vertx, WebPushSettings settings, InstantSource clock) {
        this.settings = settings;
        this.vapid = vapid(settings, clock);
        this.lookUpMax = settings.timeout().dividedBy(4);
        this.transport = new HttpTransport(
                vertx, settings.concurrency(), settings.timeout().minus(lookUpMax));
    }

    private static @Nullable Vapid vapid(WebPushSettings settings, InstantSource clock) {
        try {
            return Vapid.of(settings, clock);
        } catch (IllegalArgumentException _) {
            return null;
        }
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
        Outgoing only = call.getFirst();
        Browser browser = only.browser();
        if (!settings.hasCredentials()) {
            return List.of(Meaning.SHUT_OUT.outcome("credentials_missing"));
        }
        if (vapid == null) {
            return List.of(Meaning.SHUT_OUT.outcome("credentials_wrong"));
        }
        if (only.channel() != Channel.WEB_PUSH) {
            return List.of(Meaning.CONFIGURATION.outcome("channel_not_carried"));
        }
        if (browser == null) {
            return List.of(WebPushCodes.gone("subscription_removed"));
        }
        Endpoint endpoint = Endpoint.of(browser.endpoint());
        return List.of(
                endpoint == null
                        ? Meaning.PERMANENT.outcome("endpoint_unusable")
                        : send(only, browser, endpoint, vapid));
    }

    private Outcome send(Outgoing only, Browser browser, Endpoint endpoint, Vapid signing) {
        PushPayload payload = new PushPayload(
                only.id(),
                only.content().subject(),
                only.content().text(),
                only.content().link());
        if (!payload.fits()) {
            return Meaning.PERMANENT.outcome("payload_too_large");
        }
        InetAddress address = addressOf(endpoint);
        if (address == null) {
            troubled = endpoint;
            return UNREACHABLE;
        }
        Outcome refused = refusal(endpoint, address);
        if (refused != null) {
            return refused;
        }
        Buffer body;
        try {
            body = Encryption.encrypt(payload.bytes(), browser);
        } catch (IllegalArgumentException _) {
            return Meaning.PERMANENT.outcome("keys_unusable");
        }
        return exchange(only, endpoint, PushRequest.of(only, browser, endpoint, address, signing), body);
    }

    /** Null when it may be called. */
    private @Nullable Outcome refusal(Endpoint endpoint, InetAddress address) {
        boolean isPublic = PUBLIC.allows(address);
        if (!settings.allowed().allows(address) || (isPublic && !endpoint.tls())) {
            return Meaning.PERMANENT.outcome("address_refused");
        }
        return isPublic && settings.areOfSimulator()
                ? Meaning.CONFIGURATION.outcome("vapid_keys_are_the_simulators")
                : null;
    }

    private Outcome exchange(Outgoing only, Endpoint endpoint, RequestOptions request, Buffer body) {
        try {
            Answer answer = transport.exchange(request, body, only.sendBy());
            boolean isAccepted = WebPushCodes.isAccepted(answer.status());
            Outcome outcome =
                    isAccepted ? new Accepted(id(answer, only)) : WebPushCodes.of(answer.status(), answer.retryAfter());
            troubled = outcome instanceof Unknown ? endpoint : null;
            return outcome;
        } catch (TooLateException _) {
            return TryLater.TOO_LATE;
        } catch (NotSentException _) {
            troubled = endpoint;
            return UNREACHABLE;
        } catch (AnswerLostException _) {
            troubled = endpoint;
            return new Unknown("answer_lost");
        }
    }

    /** The message's name at the service, where it has one; else ours. */
    private static String id(Answer answer, Outgoing only) {
        String location = answer.location();
        String last = location == null ? "" : location.substring(location.lastIndexOf('/') + 1);
        return last.isBlank() || last.length() > ID_LENGTH_MAX ? PushRequest.topic(only.id()) : last;
    }

    /** Services do not say what they have taken. */
    @Override
    public LookUp find(Outgoing lost) {
        return new LookUp.Seen(List.of());
    }

    /**
     * There is not one service but many: asked is the one at which there was trouble, and only once. A service that is away for good would otherwise
     * keep all the others paused, as nothing is sent meanwhile that could show that they are well. If it still hurts, its own messages say so again.
     */
    @Override
    public Health check() {
        if (!settings.hasCredentials() || vapid == null) {
            return new Health.CredentialsWrong();
        }
        Endpoint asked = troubled;
        troubled = null;
        if (asked == null) {
            return new Health.Up();
        }
        InetAddress address = addressOf(asked);
        if (address == null || !settings.allowed().allows(address)) {
            return new Health.Down("provider_unreachable");
        }
        try {
            Answer _ = transport.exchange(asked.request(HttpMethod.GET, "/", address), Buffer.buffer(), null);
            return new Health.Up();
        } catch (NotSentException _) {
            return new Health.Down("provider_unreachable");
        } catch (AnswerLostException _) {
            return new Health.Down("answer_lost");
        }
    }

    public Future<Void> close() {
        names.close();
        return transport.close();
    }

    /** The first that may be called, else the first; null when nobody knows any. */
    private @Nullable InetAddress addressOf(Endpoint endpoint) {
        try {
            List<InetAddress> addresses =
                    names.resolve(endpoint.name()).await(lookUpMax.toMillis(), TimeUnit.MILLISECONDS);
            return addresses.stream()
                    .filter(settings.allowed()::allows)
                    .findFirst()
                    .orElse(addresses.getFirst());
        } catch (Exception _) {
            return null;
        }
    }
}
