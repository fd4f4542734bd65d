package io.heliograph.gateway.outbox;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that has passed every check and only needs to be stored with its promise.
 *
 * @param content what it has beside its text, by its channel; null for nothing
 * @param replayOf the message that it repeats
 */
public record NewMessage(
        UUID id,
        long accountId,
        Channel channel,
        Lane lane,
        String recipient,
        @Nullable String sender,
        String body,
        @Nullable JsonArray mediaUrls,
        @Nullable JsonObject content,
        int segments,
        String encoding,
        @Nullable OffsetDateTime sendAt,
        OffsetDateTime estimatedSendAt,
        Duration validFor,
        String onUnknown,
        @Nullable String reference,
        @Nullable JsonObject metadata,
        @Nullable UUID replayOf,
        Recourse recourse,
        TwilioExtras twilio,
        @Nullable Told told) {

    /**
     * That it tells somebody of something.
     *
     * @param notificationId null where there is no notification beside it
     * @param userId null for whoever is no user of the account
     * @param variant of the template; null where there is one only
     * @param purpose whose withdrawal stops it while it waits
     */
    public record Told(
            @Nullable UUID notificationId,
            @Nullable String userId,
            String type,
            @Nullable String variant,
            String purpose) {}

    /** About what the row weighs on the wire to the database. */
    int bytes() {
        return 200
                + body.length() * 2
                + (mediaUrls == null ? 0 : mediaUrls.encode().length())
                + (content == null ? 0 : content.encode().length())
                + (metadata == null ? 0 : metadata.encode().length())
                + recourse.bytes()
                + twilio.bytes();
    }

    /** What its request does not say. */
    public NewMessage with(TwilioExtras extras, @Nullable Told itsTold) {
        return other(lane, validFor, reference, recourse, extras, itsTold);
    }

    public NewMessage with(TwilioExtras extras) {
        return with(extras, told);
    }

    /** The same under a name of the account's own, for as long as it is worth sending. */
    public NewMessage with(String itsReference, Duration itsValidFor, @Nullable Told itsTold) {
        return other(lane, itsValidFor, itsReference, recourse, twilio, itsTold);
    }

    /** The same behind, or before, what is in other lanes. */
    public NewMessage in(Lane other) {
        return in(other, validFor, recourse);
    }

    /** And good for another time, with something else that follows when it does not arrive. */
    public NewMessage in(Lane other, Duration itsValidity, Recourse itsRecourse) {
        return other(other, itsValidity, reference, itsRecourse, twilio, told);
    }

    /** The one place that copies a message: these may differ, all the rest stays. */
    private NewMessage other(
            Lane itsLane,
            Duration itsValidity,
            @Nullable String itsReference,
            Recourse itsRecourse,
            TwilioExtras extras,
            @Nullable Told itsTold) {
        return new NewMessage(
                id,
                accountId,
                channel,
                itsLane,
                recipient,
                sender,
                body,
                mediaUrls,
                content,
                segments,
                encoding,
                sendAt,
                estimatedSendAt,
                itsValidity,
                onUnknown,
                itsReference,
                metadata,
                replayOf,
                itsRecourse,
                extras,
                itsTold);
    }
}
