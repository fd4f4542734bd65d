package io.heliograph.gateway.twilio.words;

import io.heliograph.contract.Channel;
import io.heliograph.contract.MessageStatus;
import io.heliograph.contract.Reason;
import io.heliograph.contract.Segments;
import io.heliograph.contract.TwilioState;
import io.heliograph.gateway.messages.fields.Masked;
import io.heliograph.gateway.outbox.NewMessage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A message as Twilio shows it: 20 properties, their types and their order. */
public record TwilioMessage(
        UUID id,
        Channel channel,
        String recipient,
        @Nullable String sender,
        String body,
        @Nullable JsonArray mediaUrls,
        int segments,
        TwilioState state,
        OffsetDateTime createdAt,
        @Nullable OffsetDateTime sentAt,
        @Nullable OffsetDateTime settledAt,
        @Nullable String messagingServiceSid,
        String direction) {

    /** One that was stored just now. */
    public static TwilioMessage of(NewMessage message, OffsetDateTime createdAt) {
        OffsetDateTime sendAt = message.sendAt();
        String serviceSid = message.twilio().messagingServiceSid();
        MessageStatus status =
                sendAt != null && sendAt.isAfter(createdAt) ? MessageStatus.SCHEDULED : MessageStatus.QUEUED;
        return new TwilioMessage(
                message.id(),
                message.channel(),
                message.recipient(),
                message.sender(),
                message.body(),
                message.mediaUrls(),
                message.segments(),
                TwilioState.of(status, null, 0, serviceSid != null),
                createdAt,
                null,
                null,
                serviceSid,
                "outbound-api");
    }

    public static TwilioMessage of(Row row) {
        String reason = row.getString("reason");
        String serviceSid = row.getString("messaging_service_sid");
        return new TwilioMessage(
                row.getUUID("id"),
                Channel.of(row.getString("channel")),
                Masked.recipient(row),
                row.getString("sender"),
                row.getString("body"),
                row.getJsonArray("media_urls"),
                row.getInteger("segments"),
                TwilioState.of(
                        MessageStatus.of(row.getString("status")),
                        reason == null ? null : Reason.of(reason),
                        row.getInteger("attempt"),
                        serviceSid != null),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("sent_at"),
                row.getOffsetDateTime("settled_at"),
                serviceSid,
                row.getUUID("answers") == null ? "outbound-api" : "outbound-reply");
    }

    /** One that a person wrote: a row of {@code inbound_message}. */
    public static TwilioMessage inbound(Row row) {
        JsonArray media = row.getJsonArray("media");
        OffsetDateTime receivedAt = row.getOffsetDateTime("received_at");
        return new TwilioMessage(
                row.getUUID("id"),
                Channel.of(row.getString("channel")),
                row.getString("recipient"),
                row.getString("sender"),
                row.getString("body"),
                media == null ? null : urls(media),
                Segments.of(row.getString("body")).count(),
                new TwilioState("received", null),
                receivedAt,
                receivedAt,
                null,
                null,
                "inbound");
    }

    private static JsonArray urls(JsonArray media) {
        return new JsonArray(media.stream()
                .map(medium -> ((JsonObject) medium).getString("url"))
                .toList());
    }

    public String sid() {
        return Sids.ofMessage(id, mediaUrls != null);
    }

    /** For whoever may not read messages. */
    public TwilioMessage masked() {
        return new TwilioMessage(
                id,
                channel,
                Masked.address(recipient),
                sender,
                "",
                mediaUrls,
                segments,
                state,
                createdAt,
                sentAt,
                settledAt,
                messagingServiceSid,
                direction);
    }

    public boolean isCanceled() {
        return state.status().equals(MessageStatus.CANCELED.word());
    }

    /** The URLs of what goes with it. */
    public List<String> media() {
        return mediaUrls == null
                ? List.of()
                : mediaUrls.stream().map(String.class::cast).toList();
    }

    /** The answer to a create; only other answers name the feedback. */
    public JsonObject created(String accountSid) {
        return json(accountSid, false);
    }

    public JsonObject json(String accountSid) {
        return json(accountSid, true);
    }

    private JsonObject json(String accountSid, boolean withFeedback) {
        String path = "/2010-04-01/Accounts/" + accountSid + "/Messages/" + sid();
        JsonObject subresources = new JsonObject().put("media", path + "/Media.json");
        if (withFeedback) {
            subresources.put("feedback", path + "/Feedback.json");
        }
        return new JsonObject()
                .put("account_sid", accountSid)
                .put("api_version", "2010-04-01")
                .put("body", body)
                .put("date_created", TwilioDates.text(createdAt))
                .put("date_sent", TwilioDates.text(sentAt))
                .put("date_updated", TwilioDates.text(updatedAt()))
                .put("direction", direction)
                .put("error_code", state.errorCode())
                .put("error_message", state.errorMessage())
                .put("from", sender == null ? null : address(sender))
                .put("messaging_service_sid", messagingServiceSid)
                .put("num_media", Integer.toString(mediaUrls == null ? 0 : mediaUrls.size()))
                .put("num_segments", numSegments())
                .put("price", null)
                .put("price_unit", "USD")
                .put("sid", sid())
                .put("status", state.status())
                .put("subresource_uris", subresources)
                .put("to", address(recipient))
                .put("uri", path + ".json");
    }

    /** A messaging service has not counted them before it has chosen a sender. */
    private String numSegments() {
        boolean uncounted = messagingServiceSid != null
                && (state.status().equals("accepted") || state.status().equals("scheduled"));
        return uncounted ? "0" : Integer.toString(segments);
    }

    private OffsetDateTime updatedAt() {
        return Stream.of(createdAt, sentAt == null ? createdAt : sentAt, settledAt == null ? createdAt : settledAt)
                .max(OffsetDateTime.timeLineOrder())
                .orElse(createdAt);
    }

    private String address(String address) {
        return channel == Channel.WHATSAPP ? "whatsapp:" + address : address;
    }
}
