package io.heliograph.gateway.notifications.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is in force for one account: its own types and templates before the shipped ones. A shipped template that does not fit the account's
 * own type of that name is not in force.
 *
 * @param types the account's own
 * @param contents its own published templates
 */
public record OwnCatalog(
        ShippedCatalog shipped, Map<String, NotificationType> types, Map<TemplateKey, Content> contents) {
    public OwnCatalog {
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
        contents = Collections.unmodifiableMap(new LinkedHashMap<>(contents));
    }

    public @Nullable NotificationType type(String name) {
        NotificationType own = types.get(name);
        return own == null ? shipped.type(0, name) : own;
    }

    public Collection<NotificationType> all() {
        Map<String, NotificationType> all = new TreeMap<>();
        shipped.types(0).forEach(type -> all.put(type.name(), type));
        all.putAll(types);
        return all.values();
    }

    /** What the account says there, else what is shipped; null where there is neither. */
    public @Nullable Content content(TemplateKey key) {
        Content own = contents.get(key);
        Content other = shipped.contents().get(key);
        return own != null || other == null || !fits(key, other) ? own : other;
    }

    private boolean fits(TemplateKey key, Content content) {
        NotificationType own = types.get(key.type());
        return own == null || Fitting.mistakes(own, key.channel(), content, "").isEmpty();
    }

    /** Makes everything ready to be rendered. */
    Compiled compile() {
        Map<TemplateKey, Template> own = new HashMap<>();
        contents.forEach((key, content) -> {
            NotificationType type = type(key.type());
            // Of a type that is no longer there: nobody can ask for it.
            if (type != null) {
                own.put(key, Template.compile(key.channel(), key.locale(), content, type));
            }
        });
        Set<TemplateKey> hidden = new HashSet<>();
        shipped.contents().forEach((key, content) -> {
            if (!fits(key, content)) {
                hidden.add(key);
            } else if (types.containsKey(key.type()) && !own.containsKey(key)) {
                own.put(
                        key,
                        Template.compile(
                                key.channel(), key.locale(), content, Objects.requireNonNull(types.get(key.type()))));
            }
        });
        return new Compiled(this, own, hidden);
    }

    /**
     * Ready to be rendered.
     *
     * @param hidden which shipped ones are not in force
     */
    record Compiled(OwnCatalog catalog, Map<TemplateKey, Template> own, Set<TemplateKey> hidden) {
        /** The language counts for more than whose the template is. */
        @Nullable
        Template template(String type, NotificationChannel channel, Set<String> locales) {
            for (String locale : locales) {
                TemplateKey key = new TemplateKey(type, channel, locale);
                Template found = own.get(key);
                if (found == null && !hidden.contains(key)) {
                    found = catalog.shipped().exactly(key);
                }
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
    }
}
