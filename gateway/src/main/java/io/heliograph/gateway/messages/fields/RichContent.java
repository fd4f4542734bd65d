package io.heliograph.gateway.messages.fields;

import io.heliograph.contract.Channel;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Texts;
import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What a message of a certain channel has beside its text: subject and HTML of an email, India's registration of an SMS. */
final class RichContent {
    static final int SUBJECT_LENGTH_MAX = 250;
    static final int HTML_LENGTH_MAX = 100_000;
    private static final int DLT_ID_LENGTH_MAX = 40;
    private static final int DLT_VARIABLES_MAX = 30;
    private static final int DLT_VARIABLE_LENGTH_MAX = 200;

    private RichContent() {}

    /** As it is stored; null when there is nothing but the text. */
    static @Nullable JsonObject read(JsonFields fields, Channel channel) {
        JsonObject content = new JsonObject();
        String subject = subject(fields);
        String html = fields.text("html", HTML_LENGTH_MAX);
        JsonObject dlt = dlt(fields);
        if (channel == Channel.EMAIL && fields.isMissing("subject")) {
            fields.mistake("subject", ProblemCode.MISSING, "subject is required for email.");
        }
        mustBelong(fields, "subject", channel, Channel.EMAIL);
        mustBelong(fields, "html", channel, Channel.EMAIL);
        mustBelong(fields, "dlt", channel, Channel.SMS);
        putIfPresent(content, "subject", subject);
        putIfPresent(content, "html", html);
        putIfPresent(content, "dlt", dlt);
        return content.isEmpty() ? null : content;
    }

    /** Of the values that a batch shares, whatever the channel of its items. */
    static void read(JsonFields shared) {
        Object _ = subject(shared);
        Object _ = shared.text("html", HTML_LENGTH_MAX);
        Object _ = dlt(shared);
    }

    /** A line break would begin another header. */
    private static @Nullable String subject(JsonFields fields) {
        String subject = fields.text("subject", SUBJECT_LENGTH_MAX);
        if (subject == null) {
            return null;
        }
        if (subject.isBlank()) {
            fields.mistake("subject", ProblemCode.EMPTY, "subject must not be empty.");
        } else if (subject.chars().anyMatch(Character::isISOControl)) {
            fields.mistake("subject", ProblemCode.INVALID_TEXT, "subject must be one line without control characters.");
        }
        return subject;
    }

    private static @Nullable JsonObject dlt(JsonFields fields) {
        JsonFields given = fields.child("dlt");
        if (given == null) {
            return null;
        }
        JsonObject dlt = new JsonObject();
        putIfPresent(dlt, "entity_id", given.text("entity_id", DLT_ID_LENGTH_MAX));
        putIfPresent(dlt, "template_id", given.text("template_id", DLT_ID_LENGTH_MAX));
        JsonArray variables = given.array("variables");
        if (variables != null) {
            checkVariables(given, variables);
            dlt.put("variables", variables);
        }
        fields.mistakesOf(given);
        return dlt;
    }

    private static void checkVariables(JsonFields dlt, JsonArray variables) {
        if (variables.size() > DLT_VARIABLES_MAX) {
            dlt.mistake(
                    "variables", ProblemCode.TOO_MANY, "variables takes at most " + DLT_VARIABLES_MAX + " strings.");
            return;
        }
        for (int i = 0; i < variables.size(); i++) {
            // Providers take the values as one text with this character between them.
            if (!(variables.getValue(i) instanceof String value)
                    || value.length() > DLT_VARIABLE_LENGTH_MAX
                    || value.contains("|")
                    || value.chars().anyMatch(Character::isISOControl)
                    || !Texts.isStorable(value)) {
                dlt.mistake(
                        "variables",
                        i,
                        ProblemCode.INVALID_TEXT,
                        "This must be a string of at most " + DLT_VARIABLE_LENGTH_MAX
                                + " characters, without | and control characters.");
            }
        }
    }

    private static void mustBelong(JsonFields fields, String name, Channel channel, Channel owner) {
        if (channel != owner && !fields.isMissing(name)) {
            fields.mistake(name, ProblemCode.CHANNEL_MISMATCH, name + " is for the channel " + owner.word() + " only.");
        }
    }

    private static void putIfPresent(JsonObject json, String name, @Nullable Object value) {
        if (value != null) {
            JsonObject _ = json.put(name, value);
        }
    }
}
