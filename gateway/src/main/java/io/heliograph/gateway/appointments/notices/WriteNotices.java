package io.heliograph.gateway.appointments.notices;

import io.heliograph.gateway.appointments.visits.Patient;
import io.heliograph.gateway.appointments.visits.Reminder;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.catalog.Template;
import io.heliograph.gateway.notifications.consents.Purpose;
import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import io.heliograph.gateway.notifications.deciding.UserFacts.Agreement;
import io.heliograph.gateway.notifications.telling.Plan;
import io.heliograph.gateway.notifications.telling.PlanEvents;
import io.heliograph.gateway.outbox.NewMessage;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a patient is told, in the account's words and the patient's language, or says why not. Asks nobody: the account's catalog is
 * in memory, whoever comes here has waited for that.
 */
public final class WriteNotices {
    private final Catalog catalog;
    private final PlanEvents planEvents;
    private final Supplier<UUID> ids;

    public WriteNotices(Catalog catalog, PlanEvents planEvents, Supplier<UUID> ids) {
        this.catalog = catalog;
        this.planEvents = planEvents;
        this.ids = ids;
    }

    public Notices of(Occasion occasion) {
        NotificationType type =
                catalog.type(occasion.visit().accountId(), occasion.kind().word());
        List<Notice> each = occasion.visit().channels().stream()
                .map(channel -> notice(occasion, type, channel))
                .toList();
        return new Notices(occasion.kind(), occasion.visit(), each);
    }

    /** For whom the time has passed, by every channel. */
    public Notices skipped(Occasion occasion, Reason reason) {
        List<Notice> each = occasion.visit().channels().stream()
                .map(channel -> skipped(channel, reason))
                .toList();
        return new Notices(occasion.kind(), occasion.visit(), each);
    }

    private Notice notice(Occasion occasion, @Nullable NotificationType type, NotificationChannel channel) {
        if (type == null) {
            return skipped(channel, Reason.NO_TEMPLATE);
        }
        Patient patient = occasion.visit().patient();
        if (patient.userId() != null && occasion.user() == null) {
            return skipped(channel, Reason.UNKNOWN_USER);
        }
        Plan plan = plan(occasion, type, channel);
        List<NewMessage> messages = plan.messages().getOrDefault(channel, List.of());
        if (messages.isEmpty()) {
            return skipped(channel, plan.skipped().getOrDefault(channel, Reason.NO_TEMPLATE));
        }
        OffsetDateTime validUntil = validUntil(occasion);
        return validUntil != null && !messages.getFirst().estimatedSendAt().isBefore(validUntil)
                ? skipped(channel, Reason.WOULD_EXPIRE)
                : new Notice.Written(channel, plan, occasion.visit().bookingId(), patient.userId(), validUntil);
    }

    private Notice skipped(NotificationChannel channel, Reason reason) {
        return new Notice.Skipped(channel, ids.get(), reason);
    }

    private Plan plan(Occasion occasion, NotificationType type, NotificationChannel channel) {
        UserFacts facts = facts(occasion, type, channel);
        Template template = catalog.template(occasion.visit().accountId(), type.name(), channel, facts.locale());
        Locale locale = template == null ? Locale.ENGLISH : Locale.forLanguageTag(template.locale());
        PostedEvent event = new PostedEvent(
                occasion.visit().id(),
                occasion.visit().accountId(),
                type,
                name(occasion.visit().patient(), facts, channel),
                VisitWords.of(occasion, locale),
                null,
                occasion.now());
        return planEvents.ofHeld(event, facts, List.of(channel));
    }

    /** What says when to come is of no use after that. */
    private static @Nullable OffsetDateTime validUntil(Occasion occasion) {
        boolean isAhead = occasion.visit().startsAt().isAfter(occasion.now());
        return switch (occasion.kind()) {
            case CONFIRMED, RESCHEDULED -> isAhead ? occasion.visit().startsAt() : null;
            case REMINDER_24H, REMINDER_2H, CANCELLED, COMPLETED, NO_SHOW, FOLLOW_UP -> {
                Instant until = Reminder.usefulUntil(occasion.kind(), occasion.visit());
                yield until == null ? null : until.atOffset(ZoneOffset.UTC);
            }
        };
    }

    /** Whoever is no user has given the number for this; what a visit was booked with goes before what a user has. */
    private static UserFacts facts(Occasion occasion, NotificationType type, NotificationChannel channel) {
        Patient patient = occasion.visit().patient();
        UserFacts user = occasion.user();
        if (user == null) {
            return new UserFacts(
                    patient.phone(),
                    patient.email(),
                    patient.locale(),
                    null,
                    List.of(),
                    false,
                    Map.of(),
                    Map.of(new Agreement(channel, Purpose.of(type)), true));
        }
        return new UserFacts(
                patient.phone() == null ? user.phone() : patient.phone(),
                patient.email() == null ? user.email() : patient.email(),
                patient.locale() == null ? user.locale() : patient.locale(),
                user.timeZone(),
                user.browsers(),
                user.hasEndpoints(),
                user.switched(),
                user.agreed());
    }

    /** By whom is counted, and who gets which variant. */
    private static String name(Patient patient, UserFacts facts, NotificationChannel channel) {
        String address = channel.goesToNumber() ? facts.phone() : facts.email();
        return patient.userId() != null ? patient.userId() : Objects.requireNonNullElse(address, "");
    }
}
