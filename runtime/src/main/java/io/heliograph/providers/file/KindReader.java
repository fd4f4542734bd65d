package io.heliograph.providers.file;

import io.heliograph.contract.P256;
import io.heliograph.providers.KindSettings;
import io.heliograph.providers.KindSettings.Smtp.Tls;
import io.heliograph.providers.routing.ProviderKind;
import io.heliograph.providers.yaml.YamlMapping;
import io.heliograph.providers.yaml.YamlValue;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what only one kind of provider has. */
final class KindReader {
    private static final List<String> FAST2SMS_ROUTES = List.of("q", "dlt", "dlt_manual", "otp");
    private static final List<String> TLS_WORDS = List.of("none", "starttls", "tls");

    /** No user and no password: they would be shown. */
    private static final String URL = "https?://[^/?#@\\s]+(/[^?#\\s]*)?";

    private static final String ACCOUNT_SID = "AC[0-9a-fA-F]{32}";

    private static final String SUBJECT = "mailto:[^@\\s]+@[^@\\s]+|https://[^\\s]+";

    private KindReader() {}

    static KindSettings read(ProviderKind kind, YamlMapping account) {
        return switch (kind) {
            case TWILIO ->
                new KindSettings.Twilio(
                        baseUrl(account, "https://api.twilio.com"),
                        account.at("account_sid").requiredMatching(ACCOUNT_SID, "AC and 32 hexadecimal digits"),
                        account.at("auth_token").requiredText());
            case PLIVO ->
                new KindSettings.Plivo(
                        baseUrl(account, "https://api.plivo.com"),
                        account.at("auth_id").requiredText(),
                        account.at("auth_token").requiredText());
            case FAST2SMS -> fast2Sms(account);
            case TEXTLOCAL ->
                new KindSettings.Textlocal(
                        baseUrl(account, "https://api.textlocal.in"),
                        account.at("api_key").requiredText());
            case SMTP -> smtp(account);
            case WEBPUSH -> webPush(account);
            case LOG -> new KindSettings.DryRun();
        };
    }

    private static KindSettings fast2Sms(YamlMapping account) {
        String route = account.at("route").word(FAST2SMS_ROUTES, word -> word);
        return new KindSettings.Fast2Sms(
                baseUrl(account, "https://www.fast2sms.com"),
                account.at("api_key").requiredText(),
                route == null ? "q" : route,
                account.at("entity_id").matching("\\d{5,30}", "the number of a sender's entity"));
    }

    private static KindSettings smtp(YamlMapping account) {
        Tls tls = account.at("tls").word(TLS_WORDS, word -> Tls.valueOf(word.toUpperCase(Locale.ROOT)));
        String host = account.at("host").requiredText();
        String username = account.at("username").text();
        String password = account.at("password").text();
        if ((username == null) != (password == null)) {
            account.mistake("wants both of username and password, or neither");
        }
        if (!host.isEmpty() && !host.matches("[A-Za-z0-9.:_-]+")) {
            account.at("host").mistake("wants the name of a host");
        }
        return new KindSettings.Smtp(
                host,
                account.at("port").integer(tls == Tls.TLS ? 465 : 587, 1, 65_535),
                tls == null ? Tls.STARTTLS : tls,
                username,
                password,
                url(account.at("unsubscribe_url")));
    }

    private static KindSettings webPush(YamlMapping account) {
        YamlValue publicKey = account.at("vapid_public_key");
        YamlValue privateKey = account.at("vapid_private_key");
        YamlValue subject = account.at("subject");
        KindSettings.WebPush read =
                new KindSettings.WebPush(publicKey.requiredText(), privateKey.requiredText(), subject.requiredText());
        if (!read.subject().isEmpty() && !read.subject().matches(SUBJECT)) {
            subject.mistake("wants where whoever runs this is reached: mailto: and an email address, or an https URL");
        }
        if (!read.vapidPublicKey().isEmpty() && !read.vapidPrivateKey().isEmpty()) {
            check(read, publicKey, privateKey);
        }
        return read;
    }

    private static void check(KindSettings.WebPush read, YamlValue publicKey, YamlValue privateKey) {
        ECPublicKey known = null;
        try {
            known = P256.publicKey(read.vapidPublicKey());
        } catch (IllegalArgumentException _) {
            publicKey.mistake(
                    "wants the public key of a VAPID pair: 87 characters, base64url; ./heliograph vapid-keys makes one");
        }
        try {
            ECPrivateKey secret = P256.privateKey(read.vapidPrivateKey());
            if (known != null && !P256.isPair(known, secret)) {
                privateKey.mistake("is not the private key of vapid_public_key");
            }
        } catch (IllegalArgumentException _) {
            privateKey.mistake("wants the private key of a VAPID pair: 43 characters, base64url");
        }
    }

    private static String baseUrl(YamlMapping account, String defaultUrl) {
        String url = url(account.at("base_url"));
        return url == null ? defaultUrl : url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static @Nullable String url(YamlValue value) {
        return value.matching(URL, "an http or https URL, without a user");
    }
}
