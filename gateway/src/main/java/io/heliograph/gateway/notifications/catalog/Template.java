package io.heliograph.gateway.notifications.catalog;

import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Mustache.VariableFetcher;
import com.samskivert.mustache.MustacheException;
import io.heliograph.contract.PushPayload;
import io.heliograph.gateway.notifications.text.BoundedText;
import io.heliograph.gateway.notifications.text.DltPattern;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a type says on one channel in one language. Compiled once: placeholders and sections, no logic.
 *
 * @param variants one at least
 * @param absent what stands for a variable that an event may leave out
 */
public record Template(NotificationChannel channel, String locale, List<Variant> variants, Map<String, Object> absent) {
    /** Where an SMS must be registered with the operators. */
    public static final String INDIA = "+91";

    private static final int TITLE_LENGTH_MAX = 250;
    private static final int HTML_LENGTH_MAX = 100_000;
    private static final int LINK_LENGTH_MAX = 2_000;
    /** As long as any other. */
    private static final UUID UNKNOWN = new UUID(0, 0);

    /**
     * One of several texts, of which a user always gets the same.
     *
     * @param name null where there is one only
     * @param title of an email its subject; of a text message null
     */
    public record Variant(
            @Nullable String name,
            int weight,
            com.samskivert.mustache.Template text,
            com.samskivert.mustache.@Nullable Template title,
            com.samskivert.mustache.@Nullable Template html,
            com.samskivert.mustache.@Nullable Template link,
            @Nullable Registered registered) {

        /** Whether it has a section for each of what a digest tells of. */
        boolean tellsOfSeveral() {
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
                    found[0] |= section.equals(Digest.ITEMS);
                    return true;
                }

                @Override
                public boolean visitInvertedSection(String section) {
                    return true;
                }
            });
            return found[0];
        }
    }

    /** With India's operators; {@code pattern} is that of {@code dlt}, taken apart. */
    public record Registered(Content.Dlt dlt, DltPattern pattern) {
        /** What a message has of it that says this text; null where it does not fit. */
        public @Nullable JsonObject of(String text) {
            List<String> values = pattern.values(text);
            return values == null ? null : dlt.filled(values);
        }

        /** For texts in which asterisks stand for digits. */
        Registered masked() {
            return new Registered(dlt, pattern.masked());
        }
    }

    /** As a person gets to see it; {@code link} is where a click on it leads. */
    public record Rendered(
            String text,
            @Nullable String title,
            @Nullable String html,
            @Nullable String link) {

        /** Whether the channel takes as much. */
        public boolean fits(NotificationChannel channel) {
            return text.length() <= channel.textLengthMax()
                    && (title == null || title.length() <= TITLE_LENGTH_MAX)
                    && (html == null || html.length() <= HTML_LENGTH_MAX)
                    && (channel != NotificationChannel.WEB_PUSH
                            || payload(UNKNOWN).fits());
        }

        /** Of a push message with that id. */
        public PushPayload payload(UUID id) {
            return new PushPayload(id, title, text, link);
        }

        /** Whether there is nothing to show: what is optional was not there. */
        public boolean isBlank() {
            return text.isBlank() || (title != null && title.isBlank());
        }
    }

    /** Looks into maps alone: the values of an event are JSON, and none of their classes' methods is anybody's business. */
    private static final class MapsOnly extends DefaultCollector {
        @Override
        public @Nullable VariableFetcher createFetcher(Object context, String name) {
            return context instanceof Map ? MAP_FETCHER : null;
        }
    }

    // A missing variable is an error, and nothing is escaped where nothing is HTML.
    static final Mustache.Compiler PLAIN = Mustache.compiler()
            .escapeHTML(false)
            .strictSections(true)
            .emptyStringIsFalse(true)
            .withCollector(new MapsOnly());
    private static final Mustache.Compiler HTML = PLAIN.escapeHTML(true);

    public Template {
        variants = List.copyOf(variants);
        absent = Map.copyOf(absent);
    }

    /** Fails with {@link MustacheException} where the content is no template; see {@link Fitting}. */
    public static Template compile(NotificationChannel channel, String locale, Content content, NotificationType type) {
        Map<String, Object> absent = new HashMap<>();
        type.variables().forEach((name, variable) -> {
            if (variable.optional()) {
                absent.put(name, variable.type().absent());
            }
        });
        return new Template(
                channel,
                locale,
                content.variants().stream().map(Template::compile).toList(),
                absent);
    }

    private static Variant compile(Content.Variant written) {
        DltPattern pattern =
                written.dlt() == null ? null : DltPattern.of(written.dlt().pattern());
        return new Variant(
                written.name(),
                written.weight(),
                PLAIN.compile(written.text()),
                written.title() == null ? null : PLAIN.compile(written.title()),
                written.html() == null ? null : HTML.compile(written.html()),
                written.link() == null ? null : PLAIN.compile(written.link()),
                written.dlt() == null || pattern == null ? null : new Registered(written.dlt(), pattern));
    }

    /** The one that this user always gets of this type, whatever the channel, while the weights are the same. */
    public Variant variantFor(String userId, String type) {
        if (variants.size() == 1) {
            return variants.getFirst();
        }
        long sum = variants.stream().mapToLong(Variant::weight).sum();
        long point = Math.floorMod(hash(type + "\0" + userId), sum);
        for (Variant variant : variants) {
            point -= variant.weight();
            if (point < 0) {
                return variant;
            }
        }
        return variants.getLast();
    }

    private static long hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Whether each variant's text can tell of several things. */
    public boolean tellsOfSeveral() {
        return variants.stream().allMatch(Variant::tellsOfSeveral);
    }

    /** How the first variant is registered, for texts in which asterisks stand for digits; null where it need not be, or is not. */
    public @Nullable Registered registeredFor(String address) {
        Registered registered = variants.getFirst().registered();
        return registered == null || !address.startsWith(INDIA) ? null : registered.masked();
    }

    /** The first variant. */
    public Rendered render(Map<String, Object> data) {
        return render(variants.getFirst(), data);
    }

    /** Every variable that it names is to be there, or {@link MustacheException} is thrown. No more is rendered than fits. */
    public Rendered render(Variant variant, Map<String, Object> data) {
        Map<String, Object> all = new HashMap<>(absent);
        data.forEach((name, value) -> {
            if (value != null) {
                all.put(name, plain(value));
            }
        });
        Digest.addTo(all);
        return new Rendered(
                render(variant.text(), all, channel.textLengthMax()),
                variant.title() == null ? null : oneLine(render(variant.title(), all, TITLE_LENGTH_MAX)),
                variant.html() == null ? null : render(variant.html(), all, HTML_LENGTH_MAX),
                variant.link() == null ? null : presentOrNull(render(variant.link(), all, LINK_LENGTH_MAX)));
    }

    /** What is optional may not be there: then it leads nowhere. */
    private static @Nullable String presentOrNull(String link) {
        return link.isBlank() ? null : link.strip();
    }

    private static String render(com.samskivert.mustache.Template template, Map<String, Object> data, int lengthMax) {
        BoundedText text = new BoundedText(lengthMax);
        template.execute(data, text);
        return text.toString();
    }

    /** A line break would begin another header. */
    private static String oneLine(String title) {
        return title.chars().anyMatch(Template::breaksLines)
                ? title.codePoints()
                        .map(c -> breaksLines(c) ? ' ' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                        .strip()
                : title;
    }

    private static boolean breaksLines(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    private static Object plain(Object json) {
        return switch (json) {
            case JsonArray array -> array.stream().map(Template::plain).toList();
            case JsonObject object -> object.getMap();
            default -> json;
        };
    }
}
