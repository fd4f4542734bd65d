package io.heliograph.gateway.notifications.preferences;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.heliograph.gateway.messages.fields.Masked;
import io.heliograph.gateway.notifications.catalog.Locales;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.preferences.PreferenceStore.Known;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Writes the page in the language of its person. */
final class PageView {
    static final String ON = "on";

    private static final String STYLE = text("preference-page.css");

    /** Nothing is fetched, run, framed, kept, indexed or told to the next page. */
    static final Map<String, String> HEADERS = Map.of(
            "Content-Type",
            "text/html; charset=utf-8",
            "Content-Security-Policy",
            "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
                    + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "Cache-Control",
            "no-store",
            "X-Robots-Tag",
            "noindex, nofollow",
            "Referrer-Policy",
            "no-referrer",
            "X-Content-Type-Options",
            "nosniff");

    private final Template page;
    private final Map<String, Map<String, Object>> words;

    private PageView(Template page, Map<String, Map<String, Object>> words) {
        this.page = page;
        this.words = words;
    }

    /** Reads the files; a mistake in them is a mistake of ours. */
    static PageView read() {
        Map<String, Map<String, Object>> words =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(text("preference-page.yaml"));
        return new PageView(Mustache.compiler().escapeHTML(true).compile(text("preference-page.html")), words);
    }

    static String name(Switch one) {
        return one.category() + "." + one.channel();
    }

    /** Of the field that tells how it stood when the page was made. */
    static String shownName(Switch one) {
        return "shown." + name(one);
    }

    String html(Known known, Switches switches, boolean isSaved) {
        String language = Locales.chain(known.locale(), Locales.DEFAULT).stream()
                .filter(words::containsKey)
                .findFirst()
                .orElse(Locales.DEFAULT);
        Map<String, Object> spoken = Objects.requireNonNull(words.get(language));
        Map<String, Object> values = new HashMap<>(spoken);
        values.put("language", language);
        values.put("style", STYLE);
        values.put("is_saved", isSaved);
        values.put("address", address(known));
        values.put("groups", groups(switches, spoken));
        return page.execute(values);
    }

    private static String address(Known known) {
        return Stream.concat(
                        Stream.ofNullable(known.phone()).map(Masked::phone),
                        Stream.ofNullable(known.email()).map(Masked::email))
                .collect(Collectors.joining(", "));
    }

    private static List<Map<String, Object>> groups(Switches switches, Map<String, Object> spoken) {
        Map<String, List<Map<String, Object>>> groups = new LinkedHashMap<>();
        switches.on().forEach((one, on) -> {
            // The account's own webhooks are nothing that a person gets.
            if (!one.channel().equals(NotificationChannel.WEBHOOK.word())) {
                boolean _ = groups.computeIfAbsent(one.category(), _ -> new ArrayList<>())
                        .add(Map.of(
                                "name",
                                name(one),
                                "shown_name",
                                shownName(one),
                                "shown",
                                on ? ON : "off",
                                "is_on",
                                on,
                                "label",
                                word(spoken, "channels", one.channel())));
            }
        });
        return groups.entrySet().stream()
                .map(group ->
                        Map.of("legend", word(spoken, "categories", group.getKey()), "switches", group.getValue()))
                .toList();
    }

    /** What has no name in that language is called by its own. */
    private static String word(Map<String, Object> spoken, String kind, String word) {
        Object named = ((Map<?, ?>) Objects.requireNonNull(spoken.get(kind))).get(word);
        String plain = word.replace('_', ' ');
        return named == null ? Character.toUpperCase(plain.charAt(0)) + plain.substring(1) : named.toString();
    }

    private static String text(String file) {
        String path = "/notifications/" + file;
        try (InputStream in = Objects.requireNonNull(PageView.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
