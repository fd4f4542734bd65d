package io.heliograph.gateway.notifications.catalog;

import java.util.IllformedLocaleException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The languages of templates, as tags: en, hi-IN. */
public final class Locales {
    public static final String DEFAULT = "en";
    private static final int TAG_LENGTH_MAX = 40;

    private Locales() {}

    /** In its usual letters; null where it is no tag. */
    public static @Nullable String normal(String tag) {
        try {
            String normal = new Locale.Builder()
                    .setLanguageTag(tag.replace('_', '-'))
                    .build()
                    .toLanguageTag();
            return tag.length() > TAG_LENGTH_MAX || normal.equals("und") ? null : normal;
        } catch (IllformedLocaleException e) {
            return null;
        }
    }

    /** In which a template is looked for, the best first: as asked, without its last part as long as there is one, the account's likewise, English. */
    public static Set<String> chain(@Nullable String asked, String ofAccount) {
        Set<String> chain = new LinkedHashSet<>();
        for (String locale : asked == null ? List.of(ofAccount) : List.of(asked, ofAccount)) {
            for (String tag = locale; !tag.isEmpty(); tag = tag.substring(0, Math.max(tag.lastIndexOf('-'), 0))) {
                chain.add(tag);
            }
        }
        chain.add(DEFAULT);
        return chain;
    }
}
