package io.heliograph.gateway.notifications.catalog;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a type says on one channel in one language. Compiled once: placeholders and sections, no logic.
 *
 * @param title of an email its subject; of a text message null
 */
public record Template(
        NotificationChannel channel,
        String locale,
        com.samskivert.mustache.Template text,
        com.samskivert.mustache.@Nullable Template title,
        com.samskivert.mustache.@Nullable Template html) {

    /** As it is written. */
    public record Source(
            String text, @Nullable String title, @Nullable String html) {}

    /** As a person gets to see it. */
    public record Rendered(
            String text, @Nullable String title, @Nullable String html) {}

    // A missing variable is an error, and nothing is escaped where nothing is HTML.
    private static final Mustache.Compiler PLAIN =
            Mustache.compiler().escapeHTML(false).strictSections(true);
    private static final Mustache.Compiler HTML = PLAIN.escapeHTML(true);

    /** Fails with {@link MustacheException} where the source is no template. */
    public static Template compile(NotificationChannel channel, String locale, Source source) {
        return new Template(
                channel,
                locale,
                PLAIN.compile(source.text()),
                source.title() == null ? null : PLAIN.compile(source.title()),
                source.html() == null ? null : HTML.compile(source.html()));
    }

    /** Every variable that it names is to be there. */
    public Rendered render(Map<String, Object> data) {
        return new Rendered(
                text.execute(data),
                title == null ? null : title.execute(data),
                html == null ? null : html.execute(data));
    }
}
