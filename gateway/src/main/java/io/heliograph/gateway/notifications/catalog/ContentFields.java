package io.heliograph.gateway.notifications.catalog;

import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.notifications.catalog.Content.Dlt;
import io.heliograph.gateway.notifications.catalog.Content.Variant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a template as it is written, in a request or in a file. Whether it fits its type is for {@link Fitting}. */
public final class ContentFields {
    private static final int TITLE_LENGTH_MAX = 500;
    private static final int HTML_LENGTH_MAX = 100_000;
    private static final int LINK_LENGTH_MAX = 2_000;
    private static final int VARIANTS_MAX = 10;
    private static final int WEIGHT_MAX = 1_000;
    private static final int PATTERN_LENGTH_MAX = 2_000;
    private static final Pattern VARIANT_NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,29}");
    private static final Pattern DLT_ID = Pattern.compile("[0-9]{1,40}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9]{3,11}");

    private ContentFields() {}

    /** What is wrong is told by the fields; then the content is of no use. */
    public static Content read(NotificationChannel channel, JsonFields fields) {
        boolean phiSafe = fields.flag("phi_safe");
        JsonArray several = fields.array("variants");
        if (several == null) {
            return new Content(phiSafe, List.of(variant(channel, fields, null, 1)));
        }
        return new Content(phiSafe, variants(channel, fields, several));
    }

    private static List<Variant> variants(NotificationChannel channel, JsonFields fields, JsonArray several) {
        List<Variant> variants = new ArrayList<>();
        Set<String> names = new HashSet<>();
        if (several.size() < 2 || several.size() > VARIANTS_MAX) {
            fields.mistake("variants", ProblemCode.WRONG_SIZE, "variants takes 2 to " + VARIANTS_MAX + ".");
            return variants;
        }
        for (int i = 0; i < several.size(); i++) {
            if (!(several.getValue(i) instanceof JsonObject object)) {
                fields.mistake("variants", i, ProblemCode.WRONG_TYPE, "A variant must be an object.");
                continue;
            }
            JsonFields item = fields.item("variants", i, object);
            String name = item.requiredText("name", Integer.MAX_VALUE);
            if (name != null && (!VARIANT_NAME.matcher(name).matches() || !names.add(name))) {
                item.mistake(
                        "name",
                        ProblemCode.NOT_ALLOWED,
                        "name must be 1 to 30 lower-case letters, digits, _ and -, and no other variant's.");
            }
            variants.add(variant(channel, item, name == null ? "" : name, item.integer("weight", 1, 1, WEIGHT_MAX)));
            fields.mistakesOf(item);
        }
        return variants;
    }

    private static Variant variant(NotificationChannel channel, JsonFields fields, @Nullable String name, int weight) {
        String text = fields.requiredText("text", channel.textLengthMax());
        String title = channel.hasTitle()
                ? fields.requiredText("title", TITLE_LENGTH_MAX)
                : fields.text("title", TITLE_LENGTH_MAX);
        String html = fields.text("html", HTML_LENGTH_MAX);
        String link = fields.text("link", LINK_LENGTH_MAX);
        Dlt dlt = dlt(fields);
        if (title != null && title.chars().anyMatch(Character::isISOControl)) {
            fields.mistake("title", ProblemCode.INVALID_TEXT, "title must be one line without control characters.");
        }
        mustBelong(fields, "title", channel.hasTitle(), channel);
        mustBelong(fields, "html", channel == NotificationChannel.EMAIL, channel);
        mustBelong(fields, "link", channel == NotificationChannel.WEB_PUSH, channel);
        mustBelong(fields, "dlt", channel == NotificationChannel.SMS, channel);
        return new Variant(name, weight, text == null ? "" : text, title, html, link, dlt);
    }

    private static void mustBelong(JsonFields fields, String name, boolean belongs, NotificationChannel channel) {
        if (!belongs && !fields.isMissing(name)) {
            fields.mistake(
                    name, ProblemCode.CHANNEL_MISMATCH, "The channel " + channel.word() + " has no " + name + ".");
        }
    }

    private static @Nullable Dlt dlt(JsonFields fields) {
        JsonFields given = fields.child("dlt");
        if (given == null) {
            return null;
        }
        String templateId = given.requiredText("template_id", Integer.MAX_VALUE);
        String pattern = given.requiredText("pattern", PATTERN_LENGTH_MAX);
        Dlt dlt = new Dlt(
                shaped(given, "entity_id", DLT_ID, "1 to 40 digits"),
                shaped(given, "header", HEADER, "3 to 11 letters and digits"),
                templateId == null ? "" : templateId,
                pattern == null ? "" : pattern);
        Object _ = shaped(given, "template_id", DLT_ID, "1 to 40 digits");
        fields.mistakesOf(given);
        return dlt;
    }

    private static @Nullable String shaped(JsonFields fields, String name, Pattern shape, String words) {
        String text = fields.text(name, Integer.MAX_VALUE);
        if (text != null && !text.isBlank() && !shape.matcher(text).matches()) {
            fields.mistake(name, ProblemCode.NOT_ALLOWED, name + " must be " + words + ".");
        }
        return text;
    }
}
