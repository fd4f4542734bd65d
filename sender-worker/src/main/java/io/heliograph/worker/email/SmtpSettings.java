package io.heliograph.worker.email;

import io.heliograph.providers.routing.Senders;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One mail server that takes email for others. Prints without its password. */
public record SmtpSettings(
        String name,
        String host,
        int port,
        Tls tls,
        /* Empty when the server asks for no login. */
        String username,
        String password,
        /* Addresses, with a name before it if wanted: Clinic <a@example.org>. */
        Senders senders,
        /* Where a person stops further email, with {id} for the message's id. Null when email has no such link. */
        @Nullable String unsubscribeUrl,
        /* Connections, and so emails at once. */
        int concurrency,
        /* From getting a connection to the server's last word on one email. */
        Duration timeout) {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(3);

    /** How the connection is kept private. */
    public enum Tls {
        /** It is not. For a server on the same machine. */
        NONE,
        /** It begins in clear, and nothing is sent before it is encrypted. */
        STARTTLS,
        /** Encrypted from its first byte. */
        TLS
    }

    boolean hasCredentials() {
        return username.isBlank() == password.isBlank();
    }

    @Nullable
    String unsubscribeUrl(UUID id) {
        return unsubscribeUrl == null ? null : unsubscribeUrl.replace("{id}", id.toString());
    }

    MailConfig config() {
        MailConfig config = new MailConfig(host, port)
                .setSsl(tls == Tls.TLS)
                .setStarttls(tls == Tls.STARTTLS ? StartTLSOptions.REQUIRED : StartTLSOptions.DISABLED)
                .setLogin(username.isBlank() ? LoginOption.DISABLED : LoginOption.REQUIRED)
                // Those that a password is for. The client would offer it as a token of XOAUTH2 as well.
                .setAuthMethods("CRAM-SHA256 CRAM-SHA1 CRAM-MD5 PLAIN LOGIN")
                .setUsername(username)
                .setPassword(password)
                .setMaxPoolSize(concurrency)
                .setUserAgent("heliograph");
        var _ = config.setConnectTimeout((int) CONNECT_MAX.toMillis())
                // A connection on which the server has fallen silent must not be kept from the next email.
                .setIdleTimeout((int) timeout.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        return config;
    }

    @Override
    public String toString() {
        return "smtp " + name + " at " + host + ":" + port;
    }
}
