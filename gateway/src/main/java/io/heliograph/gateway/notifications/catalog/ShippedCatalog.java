package io.heliograph.gateway.notifications.catalog;

import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The types and templates that every account has from the beginning, from files beside the code. */
public final class ShippedCatalog implements Catalog {
    public static final String DEFAULT_LOCALE = Locales.DEFAULT;
    private static final List<String> LOCALES = List.of(DEFAULT_LOCALE, "hi");

    private final Map<String, NotificationType> types;
    private final Map<TemplateKey, Content> contents;
    private final Map<TemplateKey, Template> templates = new HashMap<>();

    private ShippedCatalog(Map<String, NotificationType> types, Map<TemplateKey, Content> contents) {
        this.types = types;
        this.contents = contents;
        contents.forEach((key, content) -> templates.put(
                key,
                Template.compile(
                        key.channel(),
                        key.locale(),
                        content,
                        Objects.requireNonNull(types.get(key.type()), key.type()))));
    }

    /** Reads the files; a mistake in them is a mistake of ours. */
    public static ShippedCatalog read() {
        Map<String, NotificationType> types = new TreeMap<>();
        JsonObject written = yaml("types.yaml");
        for (String name : written.fieldNames()) {
            JsonFields fields = new JsonFields(written.getJsonObject(name), "/" + name);
            types.put(name, TypeFields.read(name, fields));
            require(fields.mistakes());
        }
        Map<TemplateKey, Content> contents = new TreeMap<>();
        LOCALES.forEach(locale -> readContents(locale, yaml("templates/" + locale + ".yaml"), contents));
        return new ShippedCatalog(types, contents);
    }

    private static void readContents(String locale, JsonObject written, Map<TemplateKey, Content> contents) {
        for (String type : written.fieldNames()) {
            JsonObject channels = written.getJsonObject(type);
            for (String word : channels.fieldNames()) {
                NotificationChannel channel = NotificationChannel.of(word);
                JsonFields fields =
                        new JsonFields(channels.getJsonObject(word), "/" + locale + "/" + type + "/" + word);
                contents.put(new TemplateKey(type, channel, locale), ContentFields.read(channel, fields));
                require(fields.mistakes());
            }
        }
    }

    private static void require(Mistakes mistakes) {
        if (!mistakes.isEmpty()) {
            throw new IllegalStateException("What is shipped is wrong: " + mistakes.told());
        }
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
    public @Nullable Template template(
            long account, String type, NotificationChannel channel, @Nullable String locale) {
        for (String asked : Locales.chain(locale, DEFAULT_LOCALE)) {
            Template found = templates.get(new TemplateKey(type, channel, asked));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @Override
    public ShippedCatalog shipped() {
        return this;
    }

    /** As they are written. */
    public Map<TemplateKey, Content> contents() {
        return contents;
    }

    @Nullable
    Template exactly(TemplateKey key) {
        return templates.get(key);
    }

    private static JsonObject yaml(String file) {
        String path = "/notifications/" + file;
        try (InputStream in = Objects.requireNonNull(ShippedCatalog.class.getResourceAsStream(path), path)) {
            Map<String, Object> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            return new JsonObject(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
