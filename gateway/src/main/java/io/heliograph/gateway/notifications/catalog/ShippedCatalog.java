package io.heliograph.gateway.notifications.catalog;

import io.heliograph.gateway.notifications.catalog.NotificationType.Priority;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The types and templates that every account has from the beginning, from files beside the code. */
public final class ShippedCatalog implements Catalog {
    public static final String DEFAULT_LOCALE = "en";
    private static final List<String> LOCALES = List.of(DEFAULT_LOCALE, "hi");

    private record Key(String type, NotificationChannel channel, String locale) {}

    private final Map<String, NotificationType> types;
    private final Map<Key, Template> templates;

    private ShippedCatalog(Map<String, NotificationType> types, Map<Key, Template> templates) {
        this.types = types;
        this.templates = templates;
    }

    /** Reads the files; a mistake in them is a mistake of ours. */
    public static ShippedCatalog read() {
        Map<String, NotificationType> types = new LinkedHashMap<>();
        yaml("types.yaml").forEach((name, fields) -> types.put(name, type(name, fields)));
        Map<Key, Template> templates = new HashMap<>();
        for (String locale : LOCALES) {
            yaml("templates/" + locale + ".yaml")
                    .forEach((type, channels) -> channels.forEach((channel, source) -> {
                        NotificationChannel way = NotificationChannel.of(channel);
                        templates.put(new Key(type, way, locale), Template.compile(way, locale, source(source)));
                    }));
        }
        return new ShippedCatalog(types, templates);
    }

    @Override
    public Collection<NotificationType> types(long account) {
        return types.values();
    }

    @Override
    public @Nullable NotificationType type(long account, String name) {
        return types.get(name);
    }

    @Override
    public @Nullable Template template(long account, String type, NotificationChannel channel, String locale) {
        for (String asked : chain(locale)) {
            Template found = templates.get(new Key(type, channel, asked));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The languages in which a template is looked for, the best first. */
    public static List<String> chain(String locale) {
        int region = locale.indexOf('-');
        return region < 0
                ? List.of(locale, DEFAULT_LOCALE)
                : List.of(locale, locale.substring(0, region), DEFAULT_LOCALE);
    }

    private static NotificationType type(String name, Map<String, Object> fields) {
        Map<String, VariableType> variables = new LinkedHashMap<>();
        map(fields.getOrDefault("variables", Map.of()))
                .forEach((variable, type) -> variables.put(variable, VariableType.of((String) type)));
        return new NotificationType(
                name,
                (String) Objects.requireNonNull(fields.get("category")),
                Priority.of((String) Objects.requireNonNull(fields.get("priority"))),
                ((List<?>) Objects.requireNonNull(fields.get("channels")))
                        .stream()
                                .map(word -> NotificationChannel.of((String) word))
                                .toList(),
                variables);
    }

    private static Template.Source source(Object written) {
        Map<String, Object> fields = map(written);
        return new Template.Source(
                (String) Objects.requireNonNull(fields.get("text")), (String) fields.get("title"), (String)
                        fields.get("html"));
    }

    private static Map<String, Map<String, Object>> yaml(String file) {
        String path = "/notifications/" + file;
        try (InputStream in = Objects.requireNonNull(ShippedCatalog.class.getResourceAsStream(path), path)) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
