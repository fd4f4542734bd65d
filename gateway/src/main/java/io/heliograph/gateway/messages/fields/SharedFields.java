package io.heliograph.gateway.messages.fields;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.json.JsonObject;

/**
 * The values that the items of a batch share. They are checked once and before they go into each item: what is large here
 * would be copied and read a thousand times. Whether they fit an item's other values is seen in the item.
 */
public final class SharedFields {
    private SharedFields() {}

    /** {@code pointer} is where they stand in the body. */
    public static Mistakes mistakes(JsonObject shared, String pointer) {
        JsonFields fields = new JsonFields(shared, pointer);
        Object _ = fields.text("to", Addresses.LENGTH_MAX);
        Object _ = fields.text("from", Addresses.LENGTH_MAX);
        Object _ = fields.oneOf("channel", Channel.ADDRESSED_WORDS, Channel.SMS.word());
        Object _ = fields.text("text", MessageFields.EMAIL_TEXT_LENGTH_MAX);
        RichContent.read(fields);
        Object _ = Attachments.mediaUrls(fields);
        Object _ = fields.oneOf("lane", Lane.WORDS, Lane.NORMAL.word());
        // Not when: a batch that comes again after its time is answered as it was the first time.
        Object _ = fields.text("send_at", Timing.LENGTH_MAX);
        Object _ = Timing.validFor(fields);
        Object _ = fields.oneOf("on_unknown", MessageFields.ON_UNKNOWN, MessageFields.ON_UNKNOWN.getFirst());
        Object _ = fields.text("reference", MessageFields.REFERENCE_LENGTH_MAX);
        Object _ = Attachments.metadata(fields);
        Object _ = RetryFields.read(fields);
        Object _ =
                fields.oneOf("on_undelivered", MessageFields.ON_UNDELIVERED, MessageFields.ON_UNDELIVERED.getFirst());
        Object _ = FallbackFields.list(fields);
        return fields.mistakes();
    }
}
