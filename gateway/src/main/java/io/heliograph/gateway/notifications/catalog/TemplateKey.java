package io.heliograph.gateway.notifications.catalog;

import java.util.Comparator;

/** Which template: of what, by which way, in which language. */
public record TemplateKey(String type, NotificationChannel channel, String locale) implements Comparable<TemplateKey> {
    private static final Comparator<TemplateKey> ORDER = Comparator.comparing(TemplateKey::type)
            .thenComparing(TemplateKey::channel)
            .thenComparing(TemplateKey::locale);

    @Override
    public int compareTo(TemplateKey other) {
        return ORDER.compare(this, other);
    }
}
