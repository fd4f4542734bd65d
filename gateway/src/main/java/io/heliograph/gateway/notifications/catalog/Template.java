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

    /** Whether it has a section of this name: so it can tell of several things. */
    public boolean hasSection(String name) {
        boolean[] found = {false};
        text.visit(new Mustache.Visitor() {
            @Override
            public void visitText(String written) {}

            @Override
            public void visitVariable(String variable) {}

            @Override
            public boolean visitInclude(String partial) {
                return false;
            }

            @Override
            public boolean visitSection(String section) {
                found[0] |= section.equals(name);
                return true;
            }

            @Override
            public boolean visitInvertedSection(String section) {
                return true;
            }
        });
        return found[0];
    }

    /** Every variable that it names is to be there. */
    public Rendered render(Map<String, Object> data) {
        return new Rendered(
                text.execute(data),
                title == null ? null : title.execute(data),
                html == null ? null : html.execute(data));
    }
}
