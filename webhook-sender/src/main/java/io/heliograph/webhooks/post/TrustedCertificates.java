package io.heliograph.webhooks.post;

import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The authorities whose certificates are believed: those that the JDK knows, and what the operator adds. */
public final class TrustedCertificates {
    private TrustedCertificates() {}

    /**
     * The file has certificates in PEM, one after the other; an empty name is no file.
     *
     * @throws IllegalArgumentException when it cannot be read, or has none
     */
    public static TrustOptions beside(String pemFile) {
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            List<Certificate> certificates = known();
            if (!pemFile.isEmpty()) {
                certificates.addAll(read(Path.of(pemFile)));
            }
            for (int i = 0; i < certificates.size(); i++) {
                all.setCertificateEntry("certificate " + i, certificates.get(i));
            }
            return TrustOptions.wrap(factory(all));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("not a file of certificates", e);
        }
    }

    private static List<Certificate> known() throws GeneralSecurityException {
        List<Certificate> known = new ArrayList<>();
        for (TrustManager manager : factory(null).getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                known.addAll(List.of(x509.getAcceptedIssuers()));
            }
        }
        return known;
    }

    private static List<Certificate> read(Path pemFile) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(pemFile)) {
            List<Certificate> read =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (read.isEmpty()) {
                throw new IOException("empty");
            }
            return read;
        }
    }

    /** Null: those of the JDK. */
    private static TrustManagerFactory factory(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }
}
