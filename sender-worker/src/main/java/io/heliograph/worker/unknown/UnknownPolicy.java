package io.heliograph.worker.unknown;

import java.time.Duration;

/**
 * Decides about a message that may have been sent. A receipt that names it settles the matter elsewhere; here it is
 * what the provider shows when it is asked.
 *
 * <p>Only proof counts. Most providers show messages to the same person with the same text, from the same minutes. One
 * of them is this message if no more are left than it had attempts, after striking those that are recorded for other
 * attempts, and if no lost attempt at another message of ours, whatever became of that, could be it as well: what was sent
 * again, and is in doubt again, may be seen twice. When in doubt it is as if
 * nothing had been found: under {@code fail} that can call a sent message failed (a late receipt corrects it), under
 * {@code resend} it can send twice and says so. To take a doubtful one for proof could report a message as sent that
 * nobody ever sent: silent loss, which no receipt would ever correct.
 *
 * <p>Not finding it proves nothing either, as providers list a message some time after they took it. So it is looked
 * for again, at growing intervals, until the window ends; only then does the message's own wish decide. A provider that
 * cannot be asked then has said nothing at all: its answer is waited for, as long as the window again, at the most
 * {@link #ANSWER_WAIT_MAX}. Where there is nothing to look up, nothing is waited for.
 */
record UnknownPolicy(Duration window) {
    static final Duration ANSWER_WAIT_MAX = Duration.ofMinutes(30);

    private static final Duration PAUSE_MIN = Duration.ofSeconds(2);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(1);

    /** {@code attempts} at this message, the one in doubt included. */
    Resolution decide(Evidence evidence, int attempts, Duration unknownFor, boolean resend) {
        int seen = evidence.unclaimed().size();
        boolean proven = evidence.certain() || (seen >= 1 && seen <= attempts && !evidence.rivalled());
        if (proven) {
            return new Resolution.ItIs(evidence.unclaimed().getFirst());
        }
        if (unknownFor.compareTo(window) < 0) {
            return new Resolution.LookAgain(pause(unknownFor, window));
        }
        Duration end = window.plus(shorter(window, ANSWER_WAIT_MAX));
        if (!evidence.answered() && unknownFor.compareTo(end) < 0) {
            return new Resolution.LookAgain(pause(unknownFor, end));
        }
        return resend ? new Resolution.SendAgain() : new Resolution.GiveUp();
    }

    /** Half of the time that has passed: 2 s, 2 s, 2 s, 3 s, 4.5 s, ... up to a minute; but not past the end. */
    private static Duration pause(Duration unknownFor, Duration end) {
        Duration half = shorter(unknownFor.dividedBy(2), PAUSE_MAX);
        Duration pause = half.compareTo(PAUSE_MIN) < 0 ? PAUSE_MIN : half;
        return shorter(pause, end.minus(unknownFor));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
