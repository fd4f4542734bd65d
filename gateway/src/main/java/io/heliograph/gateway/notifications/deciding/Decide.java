package io.heliograph.gateway.notifications.deciding;

import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.catalog.Template;
import io.heliograph.gateway.notifications.consents.Purpose;
import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.gateway.notifications.deciding.UserFacts.Agreement;
import io.heliograph.gateway.notifications.deciding.UserFacts.Switch;
import io.heliograph.gateway.notifications.settings.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides by which channels a user is told of an event. Pure: the same facts give the same decision. */
public final class Decide {
    private final Catalog catalog;

    public Decide(Catalog catalog) {
        this.catalog = catalog;
    }

    /** {@code where} is null where it does not matter. */
    public Decision about(
            PostedEvent event,
            NotificationChannel channel,
            UserFacts facts,
            @Nullable Whereabouts where,
            Settings settings) {
        Reason refusal = refusal(event.type(), channel, facts);
        if (refusal != null) {
            return new Decision.Skip(refusal);
        }
        Template template = catalog.template(event.accountId(), event.type().name(), channel, facts.locale());
        if (channel == NotificationChannel.WEBHOOK) {
            return facts.hasEndpoints() ? new Decision.Post(template) : new Decision.Skip(Reason.NO_ADDRESS);
        }
        List<String> addresses = facts.addresses(channel);
        if (addresses.isEmpty()) {
            return new Decision.Skip(Reason.NO_ADDRESS);
        }
        if (template == null) {
            return new Decision.Skip(Reason.NO_TEMPLATE);
        }
        return switch (SendTime.of(event, channel, where, settings)) {
            case SendTime.Never(Reason reason) -> new Decision.Skip(reason);
            case SendTime when -> new Decision.Tell(addresses, template, when);
        };
    }

    /** When a message may go that was written before: its text and its address stand. */
    public SendTime again(
            PostedEvent event,
            NotificationChannel channel,
            UserFacts facts,
            @Nullable Whereabouts where,
            Settings settings) {
        Reason refusal = refusal(event.type(), channel, facts);
        return refusal == null ? SendTime.of(event, channel, where, settings) : new SendTime.Never(refusal);
    }

    /** Null where the user may be told. */
    private static @Nullable Reason refusal(NotificationType type, NotificationChannel channel, UserFacts facts) {
        Boolean switched = facts.switched().get(new Switch(type.category(), channel));
        if (Boolean.FALSE.equals(switched)) {
            return Reason.DISABLED_BY_USER;
        }
        Boolean agreed = facts.agreed().get(new Agreement(channel, Purpose.of(type)));
        // A withdrawal counts whatever is switched on; the rest needs one yes of the two.
        return Boolean.FALSE.equals(agreed) || (switched == null && agreed == null && Purpose.needsYes(type, channel))
                ? Reason.NOT_CONSENTED
                : null;
    }
}
