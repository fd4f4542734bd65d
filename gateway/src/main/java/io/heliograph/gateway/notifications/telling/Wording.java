package io.heliograph.gateway.notifications.telling;

import com.samskivert.mustache.MustacheException;
import io.heliograph.gateway.notifications.catalog.Template;
import io.heliograph.gateway.notifications.deciding.Decision;
import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What an event says to one user in one template, or why it cannot be said. Pure. */
sealed interface Wording {
    /**
     * It can be said.
     *
     * @param variant of the template; null where there is one only
     * @param sender which the text is registered for; null for whichever there is
     * @param content what the message has beside its text
     */
    record Worded(
            @Nullable String variant,
            @Nullable String sender,
            Template.Rendered rendered,
            @Nullable JsonObject content) implements Wording {}

    record Impossible(Reason reason) implements Wording {}

    static Wording of(PostedEvent event, Decision.Tell decision) {
        return of(event, decision.template(), decision.addresses().getFirst());
    }

    /** {@code address} is one of those that it goes to; "" where that is none of a person's. */
    static Wording of(PostedEvent event, Template template, String address) {
        Template.Variant variant =
                template.variantFor(event.userId(), event.type().name());
        try {
            Template.Rendered rendered = template.render(variant, event.data().getMap());
            if (!rendered.fits(template.channel())) {
                return new Impossible(Reason.TEXT_TOO_LONG);
            }
            return rendered.isBlank() ? new Impossible(Reason.EMPTY_TEXT) : worded(variant, rendered, address);
        } catch (MustacheException e) {
            return new Impossible(Reason.NOT_RENDERABLE);
        }
    }

    private static Wording worded(Template.Variant variant, Template.Rendered rendered, String address) {
        Template.Registered registered = variant.registered();
        JsonObject content = new JsonObject();
        if (rendered.title() != null) {
            content.put("subject", rendered.title());
        }
        if (rendered.html() != null) {
            content.put("html", rendered.html());
        }
        if (rendered.link() != null) {
            content.put("link", rendered.link());
        }
        if (registered == null || !address.startsWith(Template.INDIA)) {
            return new Worded(variant.name(), null, rendered, content.isEmpty() ? null : content);
        }
        JsonObject dlt = registered.of(rendered.text());
        return dlt == null
                ? new Impossible(Reason.DLT_MISMATCH)
                : new Worded(variant.name(), registered.dlt().header(), rendered, content.put("dlt", dlt));
    }
}
