package io.heliograph.gateway.notifications.verifications;

import io.heliograph.contract.Channel;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.messages.fields.EmailAddress;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.ShippedCatalog;
import io.heliograph.gateway.notifications.catalog.Template;
import io.heliograph.gateway.notifications.verifications.codes.CodeText;
import io.heliograph.gateway.notifications.verifications.codes.CodeText.Way;
import io.heliograph.gateway.notifications.verifications.codes.CodeText.Wording;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads to whom a code goes, by what, and in which words. */
final class CodeTextFields {
    private static final int FALLBACKS_MAX = 2;
    private static final int ADDRESS_LENGTH_MAX = 254;
    private static final int TAG_LENGTH_MAX = 40;
    private static final int APP_NAME_LENGTH_MAX = 40;
    private static final Pattern DOMAIN = Pattern.compile("(?=.{1,100}$)[a-z0-9-]+(\\.[a-z0-9-]+)+");
    private static final Pattern APP_HASH = Pattern.compile("[A-Za-z0-9+/]{11}");

    private final Recipients recipients;
    private final Catalog catalog;

    CodeTextFields(Recipients recipients, Catalog catalog) {
        this.recipients = recipients;
        this.catalog = catalog;
    }

    /** Null when something is missing or wrong. */
    @Nullable
    CodeText read(JsonFields fields, long accountId) {
        Wording wording = new Wording(
                locale(fields), appName(fields), domain(fields), matching(fields, "android_app_hash", APP_HASH));
        if (wording.webOtpDomain() != null && wording.androidAppHash() != null) {
            fields.mistake(
                    "android_app_hash",
                    ProblemCode.NOT_ALLOWED,
                    "Leave android_app_hash or web_otp_domain out: each wants to be the last line.");
        }
        List<Way> ways = new ArrayList<>();
        Channel channel = channel(fields);
        String to = address(fields, channel, null);
        add(fields, ways, accountId, wording, channel, to);
        fallbacks(fields, ways, accountId, wording, channel, to);
        return ways.isEmpty() ? null : new CodeText(wording, ways);
    }

    /** As it was stored. */
    CodeText of(Row row, long accountId) {
        JsonObject stored = row.getJsonObject("wording");
        Wording wording = new Wording(
                stored.getString("locale"),
                stored.getString("app_name"),
                stored.getString("web_otp_domain"),
                stored.getString("android_app_hash"));
        JsonFields fields = new JsonFields(stored, "");
        List<Way> ways = new ArrayList<>();
        add(fields, ways, accountId, wording, Channel.of(row.getString("channel")), row.getString("recipient"));
        JsonArray fallback = stored.getJsonArray("fallback", new JsonArray());
        for (int i = 0; i < fallback.size(); i++) {
            JsonObject way = fallback.getJsonObject(i);
            add(fields, ways, accountId, wording, Channel.of(way.getString("channel")), way.getString("to"));
        }
        return new CodeText(wording, ways);
    }

    private void fallbacks(
            JsonFields fields, List<Way> ways, long accountId, Wording wording, Channel channel, @Nullable String to) {
        JsonArray given = fields.array("fallback");
        if (given == null) {
            return;
        }
        if (given.size() > FALLBACKS_MAX) {
            fields.mistake("fallback", ProblemCode.TOO_MANY, "fallback takes at most " + FALLBACKS_MAX + " entries.");
            return;
        }
        String number = channel == Channel.EMAIL ? null : to;
        for (int i = 0; i < given.size(); i++) {
            @Nullable
            JsonObject json = switch (given.getValue(i)) {
                case String word -> new JsonObject().put("channel", word);
                case JsonObject object -> object;
                case null, default -> null;
            };
            if (json == null) {
                fields.mistake("fallback", i, ProblemCode.WRONG_TYPE, "This must be a channel or an object.");
            } else {
                JsonFields item = fields.item("fallback", i, json);
                Channel by = channel(item);
                String address = address(item, by, by == Channel.EMAIL ? null : number);
                add(item, ways, accountId, wording, by, address);
                fields.mistakesOf(item);
            }
        }
    }

    private void add(
            JsonFields fields, List<Way> ways, long accountId, Wording wording, Channel channel, @Nullable String to) {
        Template template =
                catalog.template(accountId, CodeText.TYPE, NotificationChannel.of(channel.word()), wording.locale());
        if (template == null) {
            fields.mistake("channel", ProblemCode.NOT_ALLOWED, "There is no template for codes by this channel.");
        } else if (to != null) {
            boolean _ = ways.add(new Way(channel, to, template));
        }
    }

    private static Channel channel(JsonFields fields) {
        return Channel.of(fields.oneOf("channel", Channel.ADDRESSED_WORDS, Channel.SMS.word()));
    }

    /** {@code usual} is taken where there is none. */
    private @Nullable String address(JsonFields fields, Channel channel, @Nullable String usual) {
        if (usual != null && fields.isMissing("to")) {
            return usual;
        }
        String text = fields.requiredText("to", ADDRESS_LENGTH_MAX);
        if (text == null) {
            return null;
        }
        String address = channel == Channel.EMAIL ? EmailAddress.normal(text) : recipients.e164(text);
        if (address == null) {
            fields.mistake(
                    "to",
                    ProblemCode.INVALID_RECIPIENT,
                    channel == Channel.EMAIL
                            ? "to cannot be an email address. Use one such as ann@example.com."
                            : "to cannot be a phone number. Use E.164, such as +15005550010.");
        }
        return address;
    }

    private static String locale(JsonFields fields) {
        String text = fields.text("locale", TAG_LENGTH_MAX);
        try {
            return text == null
                    ? ShippedCatalog.DEFAULT_LOCALE
                    : new Locale.Builder()
                            .setLanguageTag(text.replace('_', '-'))
                            .build()
                            .toLanguageTag();
        } catch (IllformedLocaleException _) {
            fields.mistake("locale", ProblemCode.NOT_ALLOWED, "locale must be a language tag, such as en or hi-IN.");
            return ShippedCatalog.DEFAULT_LOCALE;
        }
    }

    /** Asterisks stand for the code. */
    private static @Nullable String appName(JsonFields fields) {
        String name = fields.text("app_name", APP_NAME_LENGTH_MAX);
        if (name != null
                && (name.isBlank() || name.contains("*") || name.lines().count() > 1)) {
            fields.mistake("app_name", ProblemCode.NOT_ALLOWED, "app_name must be one line of text without asterisks.");
        }
        return name;
    }

    private static @Nullable String domain(JsonFields fields) {
        return matching(fields, "web_otp_domain", DOMAIN);
    }

    private static @Nullable String matching(JsonFields fields, String name, Pattern pattern) {
        String text = fields.text(name, Integer.MAX_VALUE);
        if (text != null && !pattern.matcher(text).matches()) {
            fields.mistake(
                    name,
                    ProblemCode.NOT_ALLOWED,
                    name.equals("web_otp_domain")
                            ? "web_otp_domain must be a domain in small letters, such as login.example.com."
                            : "android_app_hash must be the 11 characters that the app's signature gives.");
        }
        return text;
    }
}
