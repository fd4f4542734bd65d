package io.heliograph.gateway.notifications.templates;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.contract.PushPayload;
import io.heliograph.contract.Segments;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.Template;
import io.heliograph.gateway.notifications.catalog.Template.Rendered;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One variant with sample data: what it looks like, what it costs and what one should know about it. */
record Preview(
        Template template,
        Template.Variant variant,
        @Nullable String to,
        Lane lane) {
    private static final int SEGMENTS_USUAL_MAX = 3;
    private static final UUID NOT_SENT = new UUID(0, 0);
    private static final int CHARACTERS_NAMED_MAX = 10;

    JsonObject json(Map<String, Object> data, Prices prices) {
        Rendered rendered = template.render(variant, data);
        Channel channel = template.channel().message();
        boolean isCounted = channel != null && channel.goesToNumber();
        Segments segments = isCounted ? Segments.of(rendered.text()) : Segments.NONE;
        JsonObject cost =
                channel != null && isCounted && to != null ? prices.of(channel, to, lane, segments.count()) : null;
        JsonArray warnings = new JsonArray();
        warnAboutLength(rendered, warnings);
        if (channel == Channel.SMS) {
            warnAboutSegments(rendered.text(), segments, warnings);
            warnAboutRegistration(rendered.text(), warnings);
        }
        if (isCounted && to != null && cost == null) {
            warn(warnings, "price_unknown", "No provider that it would go to has a price for this number.");
        }
        JsonObject json = new JsonObject()
                .put("variant", variant.name())
                .put("title", rendered.title())
                .put("text", rendered.text())
                .put("html", rendered.html())
                .put(
                        "characters",
                        rendered.text().codePointCount(0, rendered.text().length()))
                .put("segments", segments.count())
                .put("encoding", segments.encoding())
                .put("cost", cost)
                .put("warnings", warnings);
        return template.channel() == NotificationChannel.WEB_PUSH
                ? json.put("link", rendered.link())
                        .put("payload_bytes", rendered.payload(NOT_SENT).bytes().length)
                        .put("payload_bytes_max", PushPayload.BYTES_MAX)
                : json;
    }

    private void warnAboutLength(Rendered rendered, JsonArray warnings) {
        if (!rendered.fits(template.channel())) {
            warn(warnings, "too_long", "With this data it is longer than the channel takes: it would not be sent.");
        }
        if (rendered.isBlank()) {
            warn(warnings, "blank", "With this data there is nothing to show: it would not be sent.");
        }
    }

    private static void warnAboutSegments(String text, Segments segments, JsonArray warnings) {
        if (segments.encoding().equals("ucs2")) {
            String special = text.codePoints()
                    .mapToObj(Character::toString)
                    .filter(one -> Segments.of(one).encoding().equals("ucs2"))
                    .distinct()
                    .limit(CHARACTERS_NAMED_MAX)
                    .collect(Collectors.joining(" "));
            warn(
                    warnings,
                    "ucs2",
                    "A segment holds 70 characters rather than 160, because these are not in the GSM alphabet: "
                            + special);
        }
        if (segments.count() > SEGMENTS_USUAL_MAX) {
            warn(warnings, "many_segments", "It takes " + segments.count() + " segments, and each is billed.");
        }
    }

    private void warnAboutRegistration(String text, JsonArray warnings) {
        Template.Registered registered = variant.registered();
        if (registered == null && to != null && to.startsWith(Template.INDIA)) {
            warn(warnings, "dlt_missing", "Operators in India refuse what has no registered template.");
        }
        List<String> values =
                registered == null ? List.of() : registered.pattern().values(text);
        if (values == null) {
            warn(
                    warnings,
                    "dlt_mismatch",
                    "With this data it does not fit its registered pattern: nobody in India would get it.");
        }
    }

    private static void warn(JsonArray warnings, String code, String detail) {
        warnings.add(new JsonObject().put("code", code).put("detail", detail));
    }
}
