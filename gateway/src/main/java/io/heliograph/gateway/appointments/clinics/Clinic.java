package io.heliograph.gateway.appointments.clinics;

import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an account says about its clinic.
 *
 * @param phone whom a patient calls, in E.164
 * @param emergencyNumber as people dial it
 * @param country of numbers that are written without one
 * @param notice how long before a visit it can still be cancelled or moved
 * @param followUp how long after a visit the patient hears of the clinic again; null: never
 * @param channels by what a patient is told who does not say it
 */
public record Clinic(
        long accountId,
        String name,
        String phone,
        String emergencyNumber,
        ZoneId zone,
        String country,
        Duration notice,
        @Nullable Duration followUp,
        List<NotificationChannel> channels) {

    public Clinic {
        channels = List.copyOf(channels);
    }

    /** Of a row in which its columns begin with {@code clinic_}. */
    public static Clinic of(Row row) {
        Integer followUp = row.getInteger("clinic_follow_up_minutes");
        return new Clinic(
                row.getLong("clinic_account_id"),
                row.getString("clinic_name"),
                row.getString("clinic_phone"),
                row.getString("clinic_emergency_number"),
                ZoneId.of(row.getString("clinic_time_zone")),
                row.getString("clinic_country"),
                Duration.ofMinutes(row.getInteger("clinic_notice_minutes")),
                followUp == null ? null : Duration.ofMinutes(followUp),
                channels(row.getArrayOfStrings("clinic_notify")));
    }

    public static List<NotificationChannel> channels(String[] words) {
        return Stream.of(words).map(NotificationChannel::of).toList();
    }

    public static String[] words(List<NotificationChannel> channels) {
        return channels.stream().map(NotificationChannel::word).toArray(String[]::new);
    }
}
