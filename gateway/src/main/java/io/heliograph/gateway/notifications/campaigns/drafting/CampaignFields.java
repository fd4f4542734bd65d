package io.heliograph.gateway.notifications.campaigns.drafting;

import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.notifications.campaigns.Campaign.Wish;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.DataFields;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.users.UserFields;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a campaign is to be. Throws the problem of a body that is none, with all its mistakes. */
final class CampaignFields {
    private static final int NAME_LENGTH_MAX = 100;
    private static final int SOURCE_LENGTH_MAX = 200;
    private static final int DATA_LENGTH_MAX = 16_384;
    private static final int PER_SECOND_MAX = 100_000;
    private static final double SECONDS_PER_MINUTE = 60;

    private final Catalog catalog;

    CampaignFields(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The account's catalog is ready. */
    Wish read(JsonObject body, long accountId) {
        JsonFields fields = new JsonFields(body, "");
        String name = fields.requiredText("name", NAME_LENGTH_MAX);
        NotificationType type = type(fields, accountId);
        NotificationChannel channel = channel(fields, type);
        JsonObject data = data(fields, type);
        String locale = UserFields.locale(fields);
        OffsetDateTime sendAt = sendAt(fields);
        Double rate = rate(fields);
        String source = fields.text("consent_source", SOURCE_LENGTH_MAX);
        JsonObject users = FilterFields.read(fields);
        Mistakes mistakes = fields.mistakes();
        if (name == null || type == null || channel == null || !mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return new Wish(name, type.name(), channel, data, locale, sendAt, rate, source, users);
    }

    private @Nullable NotificationType type(JsonFields fields, long accountId) {
        String name = fields.requiredText("type", NAME_LENGTH_MAX);
        NotificationType type = name == null ? null : catalog.type(accountId, name);
        if (name != null && type == null) {
            fields.mistake(
                    "type",
                    ProblemCode.UNKNOWN_TYPE,
                    "There is no notification type of this name. GET /v1/notification-types lists them.");
        }
        return type;
    }

    /** It may be left out where there is one only. */
    private static @Nullable NotificationChannel channel(JsonFields fields, @Nullable NotificationType type) {
        String word = fields.text("channel", NAME_LENGTH_MAX);
        if (type == null) {
            return null;
        }
        List<NotificationChannel> possible = type.channels().stream()
                .filter(channel -> channel.message() != null && channel != NotificationChannel.WEB_PUSH)
                .toList();
        List<NotificationChannel> meant = word == null
                ? possible
                : possible.stream()
                        .filter(channel -> channel.word().equals(word))
                        .toList();
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        String words = String.join(
                ", ", possible.stream().map(NotificationChannel::word).toList());
        fields.mistake(
                "channel",
                word == null ? ProblemCode.MISSING : ProblemCode.NOT_ALLOWED,
                possible.isEmpty()
                        ? "This type is told by no channel that takes messages."
                        : "channel must be one of: " + words + ".");
        return null;
    }

    private static JsonObject data(JsonFields fields, @Nullable NotificationType type) {
        JsonObject data = fields.object("data");
        if (data == null) {
            return new JsonObject();
        }
        if (data.encode().length() > DATA_LENGTH_MAX) {
            fields.mistake(
                    "data", ProblemCode.TOO_LONG, "data must be at most " + DATA_LENGTH_MAX + " characters of JSON.");
        } else if (type != null) {
            JsonFields given = new JsonFields(data, fields.pointer("data"));
            DataFields.checkGiven(type, given);
            fields.mistakesOf(given);
        }
        return data;
    }

    /** With its offset; or without one, in a time zone. One that daylight saving leaves out is as much later. */
    private static @Nullable OffsetDateTime sendAt(JsonFields fields) {
        String zone = UserFields.timeZone(fields);
        String text = fields.text("send_at", NAME_LENGTH_MAX);
        if (text == null) {
            if (zone != null) {
                fields.mistake("time_zone", ProblemCode.NOT_ALLOWED, "time_zone is for a send_at without an offset.");
            }
            return null;
        }
        try {
            return Times.within(
                    zone == null
                            ? OffsetDateTime.parse(text)
                            : LocalDateTime.parse(text).atZone(ZoneId.of(zone)).toOffsetDateTime());
        } catch (DateTimeException e) {
            fields.mistake(
                    "send_at",
                    ProblemCode.INVALID_TIME,
                    "send_at must be a time with its offset, such as 2026-12-01T10:00:00Z; or without one, such as"
                            + " 2026-12-01T10:00:00, beside a time_zone.");
            return null;
        }
    }

    private static @Nullable Double rate(JsonFields fields) {
        JsonFields rate = fields.child("rate");
        if (rate == null) {
            return null;
        }
        int perSecond = rate.integer("per_second", 0, 1, PER_SECOND_MAX);
        int perMinute = rate.integer("per_minute", 0, 1, PER_SECOND_MAX);
        fields.mistakesOf(rate);
        if (rate.isMissing("per_second") == rate.isMissing("per_minute")) {
            fields.mistake("rate", ProblemCode.NOT_ALLOWED, "rate has one of per_second and per_minute.");
            return null;
        }
        return rate.isMissing("per_second") ? perMinute / SECONDS_PER_MINUTE : perSecond;
    }
}
