package io.heliograph.simulator.script;

import io.heliograph.simulator.script.Webhook.Shape;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads where reports go: {@code url}, {@code method}, {@code content_type} and {@code shape}. */
public final class WebhookJson {
    private static final Map<String, String> METHODS = Map.of("POST", "POST", "PUT", "PUT", "GET", "GET");
    private static final Map<String, Boolean> FORM = Map.of("json", false, "form", true);
    private static final Map<String, Shape> SHAPES = Map.of("sms_reports", Shape.REPORTS, "flat", Shape.FLAT);

    private WebhookJson() {}

    public static @Nullable Webhook read(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        String url = fields.text("url");
        if (url == null || !isUrl(url)) {
            fields.mistake("url", "wants an absolute http or https URL");
        }
        boolean form = fields.choice("content_type", false, FORM);
        String method = fields.choice("method", "POST", METHODS);
        boolean flat = form || method.equals("GET");
        Shape shape = fields.choice("shape", flat ? Shape.FLAT : Shape.REPORTS, SHAPES);
        if (flat && shape == Shape.REPORTS) {
            fields.mistake("shape", "cannot be sms_reports in a form or a query");
        }
        Webhook webhook = new Webhook(url == null ? "" : url, method, form, shape);
        fields.end();
        return webhook;
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
