package io.heliograph.gateway.sos.matching;

import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.gateway.notifications.deciding.FactsStore.UserKey;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.sos.requests.SosRequest;
import io.heliograph.gateway.sos.telling.TellSos;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides and renders whom a request asks, and of the others why not. Asks nobody; one donor's trouble is no other's. */
final class PlanAlerts {
    private static final Logger log = LoggerFactory.getLogger(PlanAlerts.class);

    /** A donor, and the message that asks them. */
    record Alert(Candidate candidate, NewMessage message) {}

    /** Whom to ask, and how many of the others were passed over for which reason. */
    record Planned(List<Alert> alerts, Tally skipped) {}

    private final TellSos tell;
    private final SosRequest request;
    private final OffsetDateTime now;

    PlanAlerts(TellSos tell, SosRequest request, OffsetDateTime now) {
        this.tell = tell;
        this.request = request;
        this.now = now;
    }

    Planned plan(List<Candidate> candidates, Map<UserKey, UserFacts> facts) {
        List<Alert> alerts = new ArrayList<>(candidates.size());
        Tally skipped = new Tally();
        for (Candidate candidate : candidates) {
            TellSos.Told told = tell(candidate, facts.get(new UserKey(request.accountId(), candidate.donor())));
            if (told.message() == null) {
                skipped.add(Objects.requireNonNullElse(told.reason(), Reason.NO_TEMPLATE));
            } else {
                alerts.add(new Alert(candidate, told.message()));
            }
        }
        return new Planned(alerts, skipped);
    }

    private TellSos.Told tell(Candidate candidate, @Nullable UserFacts facts) {
        if (facts == null) {
            return new TellSos.Told(null, Reason.UNKNOWN_USER);
        }
        try {
            return tell.alert(request, candidate.donor(), facts, now);
        } catch (RuntimeException e) {
            // Its class alone: what went wrong may repeat what is known of the donor.
            log.atWarn()
                    .addKeyValue("request_id", request.id())
                    .addKeyValue("failure", e.getClass().getSimpleName())
                    .log("A donor could not be asked");
            return new TellSos.Told(null, Reason.NOT_RENDERABLE);
        }
    }
}
