package io.heliograph.simulator.twilio;

import io.heliograph.simulator.http.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a create asks for, as it came; {@link CreateRules} says whether it will do. */
record CreateRequest(
        String to,
        @Nullable String from,
        @Nullable String messagingServiceSid,
        String body,
        List<String> mediaUrls,
        @Nullable String statusCallback,
        @Nullable String identity,
        Form form) {
    /** What the caller calls this message: the {@code m} of its callback's URL. */
    private static final String IDENTITY = "m";

    @Nullable
    String contentSid() {
        return form.given("ContentSid");
    }

    /**
     * What the person gets to see. Nobody keeps Contents here, so one shows what went into it: its first variable, and the others as buttons.
     */
    String text() {
        return contentSid() == null ? body : ShownContent.of(form.given("ContentVariables"));
    }

    static CreateRequest read(Form form) {
        String statusCallback = form.given("StatusCallback");
        String to = form.get("To");
        String body = form.get("Body");
        return new CreateRequest(
                to == null ? "" : to,
                form.given("From"),
                form.given("MessagingServiceSid"),
                body == null ? "" : body,
                form.all("MediaUrl"),
                statusCallback,
                statusCallback == null ? null : Form.ofUrl(statusCallback).given(IDENTITY),
                form);
    }
}
