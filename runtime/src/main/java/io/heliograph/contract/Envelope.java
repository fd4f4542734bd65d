package io.heliograph.contract;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;

/** What travels over the broker: ids of messages that are due, and nothing else, so nothing personal can leak. */
public record Envelope(List<UUID> ids) {
    /** Ids in one AMQP message. */
    public static final int IDS_MAX = 100;

    private static final int VERSION = 1;

    public Envelope {
        ids = List.copyOf(ids);
        if (ids.isEmpty() || ids.size() > IDS_MAX) {
            throw new IllegalArgumentException("An envelope holds 1 to " + IDS_MAX + " ids, not " + ids.size());
        }
    }

    public Buffer encode() {
        JsonArray array = new JsonArray();
        ids.forEach(id -> array.add(id.toString()));
        return new JsonObject().put("v", VERSION).put("ids", array).toBuffer();
    }

    /** Throws {@link IllegalArgumentException} on anything that {@link #encode} did not write. */
    public static Envelope decode(Buffer body) {
        try {
            JsonObject json = body.toJsonObject();
            if (!Integer.valueOf(VERSION).equals(json.getInteger("v"))) {
                throw new IllegalArgumentException("Unknown envelope version");
            }
            return new Envelope(json.getJsonArray("ids").stream()
                    .map(id -> UUID.fromString((String) id))
                    .toList());
        } catch (DecodeException | ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException("Not an envelope", e);
        }
    }
}
