package io.heliograph.gateway.sos.replies;

import io.heliograph.gateway.sos.requests.RequestStatus;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that somebody was asked for.
 *
 * @param shares whether the patient may know how to reach them
 */
record Asked(
        UUID response,
        UUID request,
        RequestStatus status,
        String token,
        OffsetDateTime tokenExpiresAt,
        boolean shares) {

    /** Which request a word is about. */
    sealed interface Meant {
        record One(Asked asked) implements Meant {}

        /** Any of several: the latest stands for all of them. */
        record Several(Asked latest) implements Meant {}

        record None() implements Meant {}
    }

    /** {@code all} that a number was asked for, the latest first. */
    static Meant meant(List<Asked> all, @Nullable String token, OffsetDateTime now) {
        if (token != null) {
            return all.stream()
                    .filter(asked -> asked.token().equals(token) && asked.takesAnswers(now))
                    .findFirst()
                    .<Meant>map(Meant.One::new)
                    .orElseGet(Meant.None::new);
        }
        List<Asked> open = all.stream().filter(asked -> asked.isOpen(now)).toList();
        if (open.size() > 1) {
            return new Meant.Several(open.getFirst());
        }
        return open.stream()
                .findFirst()
                // Whoever is late is thanked.
                .or(() -> all.stream().filter(asked -> asked.takesAnswers(now)).findFirst())
                .<Meant>map(Meant.One::new)
                .orElseGet(Meant.None::new);
    }

    private boolean isOpen(OffsetDateTime now) {
        return status == RequestStatus.OPEN && takesAnswers(now);
    }

    /** One that is over does: nothing is revealed to it. Not one that nobody has fulfilled until its token ran out, but of whoever shares. */
    private boolean takesAnswers(OffsetDateTime now) {
        return status == RequestStatus.FULFILLED || shares || tokenExpiresAt.isAfter(now);
    }

    /** The open one of which somebody is reminded who was not understood; null for none. */
    static @Nullable Asked toRemindOf(List<Asked> all, OffsetDateTime now) {
        return all.stream().filter(asked -> asked.isOpen(now)).findFirst().orElse(null);
    }
}
