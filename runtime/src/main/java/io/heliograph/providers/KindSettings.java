package io.heliograph.providers;

import io.heliograph.providers.routing.ProviderKind;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What it takes to speak to one kind of provider. URLs have no slash at the end. All print without their secrets. */
public sealed interface KindSettings {
    ProviderKind kind();

    /** Whether a message needs a sender; the other providers send under a name of their own. */
    default boolean wantsSender() {
        return true;
    }

    /** By their names in the file, for people: what is secret is only {@code configured}. */
    Map<String, String> shown();

    record Twilio(String baseUrl, String accountSid, String authToken) implements KindSettings {
        @Override
        public ProviderKind kind() {
            return ProviderKind.TWILIO;
        }

        @Override
        public Map<String, String> shown() {
            return Shown.of("base_url", baseUrl)
                    .secret("account_sid")
                    .secret("auth_token")
                    .settings();
        }

        @Override
        public String toString() {
            return kind().word() + shown();
        }
    }

    record Plivo(String baseUrl, String authId, String authToken) implements KindSettings {
        @Override
        public ProviderKind kind() {
            return ProviderKind.PLIVO;
        }

        @Override
        public Map<String, String> shown() {
            return Shown.of("base_url", baseUrl)
                    .secret("auth_id")
                    .secret("auth_token")
                    .settings();
        }

        @Override
        public String toString() {
            return kind().word() + shown();
        }
    }

    /**
     * An Indian provider.
     *
     * @param route {@code q}, {@code dlt}, {@code dlt_manual} or {@code otp}
     * @param entityId of the sender in the operators' register; a message's own goes before it
     */
    record Fast2Sms(
            String baseUrl,
            String apiKey,
            String route,
            @Nullable String entityId) implements KindSettings {
        @Override
        public ProviderKind kind() {
            return ProviderKind.FAST2SMS;
        }

        /** The quick route and that of codes have one of their own. */
        @Override
        public boolean wantsSender() {
            return route.startsWith("dlt");
        }

        @Override
        public Map<String, String> shown() {
            return Shown.of("base_url", baseUrl)
                    .secret("api_key")
                    .plain("route", route)
                    .plain("entity_id", entityId)
                    .settings();
        }

        @Override
        public String toString() {
            return kind().word() + shown();
        }
    }

    record Textlocal(String baseUrl, String apiKey) implements KindSettings {
        @Override
        public ProviderKind kind() {
            return ProviderKind.TEXTLOCAL;
        }

        @Override
        public Map<String, String> shown() {
            return Shown.of("base_url", baseUrl).secret("api_key").settings();
        }

        @Override
        public String toString() {
            return kind().word() + shown();
        }
    }

    /**
     * A mail server.
     *
     * @param username null when it wants no login; then the password is null too
     * @param unsubscribeUrl where a person ends further mail with one click; null for none
     */
    record Smtp(
            String host,
            int port,
            Tls tls,
            @Nullable String username,
            @Nullable String password,
            @Nullable String unsubscribeUrl)
            implements KindSettings {
        /** How the connection is encrypted. */
        public enum Tls {
            NONE,
            /** Begins in clear, and must be encrypted before anything is said. */
            STARTTLS,
            /** From the first byte. */
            TLS
        }

        @Override
        public ProviderKind kind() {
            return ProviderKind.SMTP;
        }

        @Override
        public Map<String, String> shown() {
            Shown shown = Shown.of("host", host)
                    .plain("port", Integer.toString(port))
                    .plain("tls", tls.name().toLowerCase(Locale.ROOT))
                    .plain("unsubscribe_url", unsubscribeUrl);
            return username == null
                    ? shown.settings()
                    : shown.secret("username").secret("password").settings();
        }

        @Override
        public String toString() {
            return kind().word() + shown();
        }
    }

    /**
     * Web Push, with the keys by which push services know us.
     *
     * @param subject where they reach whoever runs this: a mailto: or https: address
     */
    record WebPush(String vapidPublicKey, String vapidPrivateKey, String subject) implements KindSettings {
        @Override
        public ProviderKind kind() {
            return ProviderKind.WEBPUSH;
        }

        @Override
        public boolean wantsSender() {
            return false;
        }

        @Override
        public Map<String, String> shown() {
            return Shown.of("vapid_public_key", vapidPublicKey)
                    .secret("vapid_private_key")
                    .plain("subject", subject)
                    .settings();
        }

        @Override
        public String toString() {
            return kind().word() + shown();
        }
    }

    /** Sends nothing. */
    record DryRun() implements KindSettings {
        @Override
        public ProviderKind kind() {
            return ProviderKind.LOG;
        }

        @Override
        public boolean wantsSender() {
            return false;
        }

        @Override
        public Map<String, String> shown() {
            return Map.of();
        }
    }
}
