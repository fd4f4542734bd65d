package io.heliograph.webhooks.post;

import io.heliograph.webhooks.post.Posted.Failure;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what was wrong when a connection could not be made secret, in words that tell a customer what to mend. */
final class TlsFailure {
    private TlsFailure() {}

    /** Null when it was something else. The JDK wraps what it has found, and the innermost says it best. */
    static @Nullable Failure of(Throwable thrown) {
        Failure found = null;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            found = switch (cause) {
                case CertificateExpiredException _, CertificateNotYetValidException _ -> Failure.CERTIFICATE_EXPIRED;
                case CertPathBuilderException _, CertPathValidatorException _ -> Failure.CERTIFICATE_NOT_TRUSTED;
                // Of no other kind: the name, which is looked at last.
                case CertificateException plain
                when plain.getClass() == CertificateException.class -> Failure.CERTIFICATE_OF_ANOTHER_NAME;
                case SSLException _ -> Failure.TLS_FAILED;
                default -> found;
            };
        }
        return found;
    }
}
