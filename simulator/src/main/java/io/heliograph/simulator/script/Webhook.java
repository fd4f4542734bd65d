package io.heliograph.simulator.script;

/** A customer's URL as it is set up on a provider's dashboard, with what that lets one choose. */
public record Webhook(String url, String method, boolean form, Shape shape) {
    /** What a report looks like. */
    public enum Shape {
        /** Under the name {@code sms_reports}, by request, then by number. */
        REPORTS,
        /** One flat object, or one form. */
        FLAT
    }

    public static Webhook of(String url) {
        return new Webhook(url, "POST", false, Shape.REPORTS);
    }
}
