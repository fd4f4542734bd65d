package io.heliograph.worker.email;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Meaning;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outcome.TryLater;
import io.heliograph.worker.provider.Outcome.Unknown;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.Provider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.SMTPException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Email by SMTP, one a call. */
public final class SmtpProvider implements Provider {
    private static final Outcome UNREACHABLE =
            new TryLater("provider_unreachable", Reason.PROVIDER_UNREACHABLE, Pace.AWAY);
    /** The mail client's word for an email that is larger than the server said it takes; nothing was sent of it. */
    private static final String TOO_LARGE = "message exceeds allowed size limit";

    private final SmtpSettings settings;
    private final Postman postman;

    public SmtpProvider(Vertx vertx, SmtpSettings settings) {
        this.settings = settings;
        this.postman = new Postman(vertx, settings.config());
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
        return List.of(sendOne(call.getFirst()));
    }

    /** A mail server does not say what it has taken. */
    @Override
    public LookUp find(Outgoing lost) {
        return new LookUp.Seen(List.of());
    }

    /** Connects and logs in, and says goodbye where an email would begin. */
    @Override
    public Health check() {
        if (!settings.hasCredentials()) {
            return new Health.CredentialsWrong();
        }
        Letter never = Letter.never();
        try {
            MailResult _ = postman.deliver(never).await(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return new Health.Up();
        } catch (Letter.GivenUpException _) {
            return new Health.Up();
        } catch (Exception e) {
            return Health.of(failed(never, e));
        }
    }

    public Future<Void> close() {
        return postman.close();
    }

    private Outcome sendOne(Outgoing outgoing) {
        if (!settings.hasCredentials()) {
            return Meaning.SHUT_OUT.outcome("credentials_missing");
        }
        if (outgoing.channel() != Channel.EMAIL) {
            return Meaning.CONFIGURATION.outcome("channel_not_carried");
        }
        if (outgoing.from(settings.senders()).isEmpty()) {
            return Meaning.CONFIGURATION.outcome("sender_missing");
        }
        if (!outgoing.content().mediaUrls().isEmpty()) {
            return Meaning.PERMANENT.outcome("not_sendable");
        }
        try {
            return deliver(Letter.of(outgoing, settings));
        } catch (IllegalArgumentException _) {
            return Meaning.PERMANENT.outcome("not_sendable");
        }
    }

    private Outcome deliver(Letter letter) {
        try {
            MailResult _ = postman.deliver(letter).await(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return new Accepted(letter.id());
        } catch (Letter.GivenUpException _) {
            return TryLater.TOO_LATE;
        } catch (Exception e) {
            return failed(letter, e);
        }
    }

    /** The server's own no is certain. What was lost is certain only when the email had not begun. */
    private static Outcome failed(Letter letter, Exception e) {
        boolean untouched = letter.giveUp();
        if (e instanceof SMTPException said && isReply(said)) {
            int code = said.getReplyCode();
            Meaning meaning = untouched ? SmtpCodes.ofConnection(code) : SmtpCodes.ofEmail(code);
            return meaning.outcome(Integer.toString(code));
        }
        return untouched ? notLetIn(e) : lost(e);
    }

    /** The mail client makes a 500 of whatever it does not understand, which is nobody's word. */
    private static boolean isReply(SMTPException said) {
        return said.getReplyMessages().getFirst().startsWith(Integer.toString(said.getReplyCode()));
    }

    private static Outcome notLetIn(Exception e) {
        boolean noConnection = e instanceof IOException
                || e instanceof TimeoutException
                || e instanceof InterruptedException
                || e instanceof SMTPException;
        // Else the client itself saw that it cannot get in: no encryption on offer, or no way to log in that it knows.
        return noConnection ? UNREACHABLE : Meaning.SHUT_OUT.outcome("login_impossible");
    }

    private static Outcome lost(Exception e) {
        return TOO_LARGE.equals(e.getMessage()) ? Meaning.PERMANENT.outcome("too_large") : new Unknown("answer_lost");
    }
}
