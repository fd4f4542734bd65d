package io.heliograph.gateway.sos.telling;

import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.catalog.Template;
import io.heliograph.gateway.notifications.consents.Purpose;
import io.heliograph.gateway.notifications.deciding.Decide;
import io.heliograph.gateway.notifications.deciding.Decision;
import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.heliograph.gateway.notifications.deciding.SendTime;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import io.heliograph.gateway.notifications.deciding.Whereabouts;
import io.heliograph.gateway.notifications.settings.AccountSettings;
import io.heliograph.gateway.notifications.settings.Settings;
import io.heliograph.gateway.notifications.telling.Tell;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.outbox.Recourse;
import io.heliograph.gateway.sos.requests.SosRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes what patients and donors are told, by what they have agreed to and in their languages. Asks nobody: what is known of them is handed
 * in.
 */
public final class TellSos {
    /** A message, or a reason why there is none. */
    public record Told(
            @Nullable NewMessage message, @Nullable Reason reason) {
        static Told not(Reason reason) {
            return new Told(null, reason);
        }
    }

    /** What is said to whoever has written, by the template's own registration, and what it is called. */
    public record Text(String text, @Nullable JsonObject content, NewMessage.Told about) {}

    private final Catalog catalog;
    private final AccountSettings settings;
    private final Decide decide;
    private final Tell tell;
    private final Supplier<UUID> ids;

    public TellSos(Catalog catalog, AccountSettings settings, Tell tell, Supplier<UUID> ids) {
        this.catalog = catalog;
        this.settings = settings;
        this.decide = new Decide(catalog);
        this.tell = tell;
        this.ids = ids;
    }

    /** Comes before everything else. */
    public Future<Void> ready(long accountId) {
        return catalog.ready(accountId);
    }

    /** By which donors may be asked at all, as the account words it; its catalog is ready. */
    public Consent consent(long accountId) {
        NotificationType type = type(accountId, Say.ALERT);
        return new Consent(type.category(), Purpose.of(type), Purpose.needsYes(type, NotificationChannel.SMS));
    }

    /**
     * Asks a donor. Nobody is asked by SMS who has not said that they may be, however urgent it is; they are asked by email where the SMS
     * does not arrive.
     */
    public Told alert(SosRequest request, String donor, UserFacts facts, OffsetDateTime now) {
        PostedEvent event = event(Say.ALERT, request, donor, alertData(request), now);
        Told sms = sms(event, facts, request.urgency().passesQuietHours());
        if (sms.message() == null) {
            return sms;
        }
        // What comes after that nobody can answer.
        Duration validFor = Duration.between(now, request.tokenExpiresAt());
        if (!validFor.isPositive()) {
            return Told.not(Reason.WOULD_EXPIRE);
        }
        return new Told(orByEmail(sms.message().in(request.urgency().lane()), validFor, event, facts), null);
    }

    private static JsonObject alertData(SosRequest request) {
        return data(request)
                .put("units", request.units())
                .put("city", request.city())
                .put("hospital", request.hospital())
                .put("area", request.area())
                .put("urgent", request.urgency().passesQuietHours());
    }

    /** Where the SMS does not arrive. */
    private NewMessage orByEmail(NewMessage sms, Duration validFor, PostedEvent event, UserFacts facts) {
        return sms.in(sms.lane(), validFor, new Recourse(null, null, byEmail(event, facts, validFor)));
    }

    private @Nullable JsonArray byEmail(PostedEvent event, UserFacts facts, Duration validFor) {
        if (!(decide.about(event, NotificationChannel.EMAIL, facts, null, settingsOf(event))
                instanceof Decision.Tell decision)) {
            return null;
        }
        List<NewMessage> emails =
                tell.of(event, NotificationChannel.EMAIL, decision).messages();
        if (emails.isEmpty()) {
            return null;
        }
        NewMessage email = emails.getFirst();
        return new JsonArray()
                .add(new JsonObject()
                        .put("channel", email.channel().word())
                        .put("to", email.recipient())
                        .put("text", email.body())
                        .put("content", email.content())
                        .put("segments", email.segments())
                        .put("encoding", email.encoding())
                        .put("valid_for_ms", validFor.toMillis()));
    }

    /** Tells a donor that nothing is needed any more, by the ways by which they were asked; nobody is woken for that. */
    public Told over(SosRequest request, String donor, UserFacts facts, OffsetDateTime now) {
        PostedEvent event = event(Say.OVER, request, donor, data(request).put("city", request.city()), now);
        Told sms = sms(event, facts, false);
        return sms.message() == null
                ? sms
                : new Told(orByEmail(sms.message(), sms.message().validFor(), event, facts), null);
    }

    /** Tells the patient something of a donor, by the number of the request, if it has one of its own. */
    public Told patient(Say say, SosRequest request, UserFacts facts, JsonObject more, OffsetDateTime now) {
        PostedEvent event = event(say, request, request.patient(), data(request).mergeIn(more), now);
        return sms(event, request.contact() == null ? facts : facts.at(request.contact()), true);
    }

    /** Answers whoever has written; null where there is nothing to say. {@code locale} is null for the account's. */
    public @Nullable Text answer(
            Say say, long accountId, String phone, @Nullable String locale, JsonObject data, OffsetDateTime now) {
        NotificationType type = type(accountId, say);
        Template template = catalog.template(accountId, type.name(), NotificationChannel.SMS, locale);
        if (template == null) {
            return null;
        }
        PostedEvent event = new PostedEvent(ids.get(), accountId, type, phone, data, null, now);
        List<NewMessage> messages = tell.of(
                        event, NotificationChannel.SMS, new Decision.Tell(List.of(phone), template, new SendTime.Now()))
                .messages();
        return messages.isEmpty() ? null : text(type, messages.getFirst());
    }

    /** No notification is stored beside it, and nobody's consent is asked for an answer. */
    private static Text text(NotificationType type, NewMessage message) {
        return new Text(
                message.body(),
                message.content(),
                new NewMessage.Told(
                        null, null, type.name(), null, Purpose.of(type).word()));
    }

    private Told sms(PostedEvent event, UserFacts facts, boolean atAnyHour) {
        Settings ours = settingsOf(event);
        Whereabouts where = atAnyHour || !SendTime.matters(event.type(), ours) ? null : Whereabouts.of(facts, ours);
        return switch (decide.about(event, NotificationChannel.SMS, facts, where, ours)) {
            case Decision.Skip(Reason reason) -> Told.not(reason);
            case Decision.Post _ -> Told.not(Reason.NO_TEMPLATE);
            case Decision.Tell decision -> {
                Tell.Told told = tell.of(event, NotificationChannel.SMS, decision);
                yield told.messages().isEmpty()
                        ? Told.not(Objects.requireNonNullElse(told.reason(), Reason.NO_TEMPLATE))
                        : new Told(told.messages().getFirst(), null);
            }
        };
    }

    private Settings settingsOf(PostedEvent event) {
        return settings.of(event.accountId());
    }

    private PostedEvent event(Say say, SosRequest request, String user, JsonObject data, OffsetDateTime now) {
        return new PostedEvent(ids.get(), request.accountId(), type(request.accountId(), say), user, data, null, now);
    }

    private static JsonObject data(SosRequest request) {
        return new JsonObject().put("blood_group", request.group().word()).put("token", request.token());
    }

    private NotificationType type(long accountId, Say say) {
        NotificationType own = catalog.type(accountId, say.type());
        return own == null ? Objects.requireNonNull(catalog.shipped().type(0, say.type()), say.type()) : own;
    }
}
