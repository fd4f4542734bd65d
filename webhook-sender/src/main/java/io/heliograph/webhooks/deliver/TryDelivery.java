package io.heliograph.webhooks.deliver;

import io.heliograph.runtime.Failures;
import io.heliograph.webhooks.deliver.Delivery.Endpoint;
import io.heliograph.webhooks.deliver.Delivery.StatusCallback;
import io.heliograph.webhooks.post.Post;
import io.heliograph.webhooks.post.PostRequest;
import io.heliograph.webhooks.post.Posted;
import io.heliograph.webhooks.post.Posted.Answered;
import io.heliograph.webhooks.post.Posted.Failure;
import io.heliograph.webhooks.post.Posted.NotAnswered;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renders, signs and sends one delivery, and says when the next try is. Blocks the virtual thread that calls it. */
final class TryDelivery {
    private static final Logger log = LoggerFactory.getLogger(TryDelivery.class);

    private final Post post;
    private final RetrySchedule schedule;
    private final Clock clock;

    TryDelivery(Post post, RetrySchedule schedule, Clock clock) {
        this.post = post;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** Never throws: whoever waits for its end would wait for ever. */
    Try of(Delivery delivery, Map<Long, TwilioCredential> credentials) {
        Instant start = clock.instant();
        try {
            return send(delivery, credentials, start);
        } catch (RuntimeException e) {
            log.atError().setCause(Failures.withoutMessages(e)).log("Could not render or send a delivery");
            return made(delivery, start, Duration.ZERO, new NotAnswered(Failure.INTERNAL_ERROR));
        }
    }

    private Try send(Delivery delivery, Map<Long, TwilioCredential> credentials, Instant start) {
        return switch (delivery.destination()) {
            case null -> new Try.Dropped(delivery);
            case Endpoint endpoint -> sent(delivery, start, EndpointRequest.of(endpoint, start));
            case StatusCallback callback -> {
                TwilioCredential credential = credentials.get(delivery.line().accountId());
                if (credential == null) {
                    yield made(delivery, start, Duration.ZERO, new NotAnswered(Failure.NO_CREDENTIAL));
                }
                Optional<PostRequest> request = TwilioForm.of(callback, credential);
                yield request.isEmpty() ? new Try.Dropped(delivery) : sent(delivery, start, request.get());
            }
        };
    }

    private Try sent(Delivery delivery, Instant start, PostRequest request) {
        long startNanos = System.nanoTime();
        Posted posted = post.send(request);
        return made(delivery, start, Duration.ofNanos(System.nanoTime() - startNanos), posted);
    }

    private Try made(Delivery delivery, Instant start, Duration took, Posted posted) {
        OffsetDateTime at = start.atOffset(ZoneOffset.UTC);
        return new Try.Made(
                delivery, at, took, posted, pause(delivery, posted, Duration.between(delivery.promisedAt(), at)));
    }

    private Optional<Duration> pause(Delivery delivery, Posted posted, Duration age) {
        if (posted.arrived()) {
            return Optional.empty();
        }
        Duration asked = posted instanceof Answered answered ? answered.retryAfter() : Duration.ZERO;
        return schedule.pauseAfter(delivery.tries(), age, asked);
    }
}
