package io.heliograph.gateway.notifications.verifications.checking;

import io.heliograph.gateway.notifications.verifications.codes.Verification;
import java.util.Locale;

/** What came of a check. */
public record Checked(Outcome outcome, int checksLeft) {
    /** Its word is part of answers: it may not change. */
    public enum Outcome {
        /** The code is right, and used up. */
        APPROVED,
        /** The code is wrong, and may be tried again. */
        PENDING,
        EXPIRED,
        TOO_MANY_CHECKS,
        CANCELED,
        /** Approved by an earlier check. */
        USED,
        NOT_FOUND;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The checks of a verification that came together, as if one had come after the other.
     *
     * @param before what it was before all of them
     * @param place of this one among them, from 1
     * @param rightAt the place of the first right one; 0 for none
     */
    static Checked of(Before before, int place, int rightAt) {
        int left = Verification.CHECKS_MAX - before.checks();
        return switch (before.status()) {
            case "approved" -> new Checked(Outcome.USED, 0);
            case "canceled" -> new Checked(Outcome.CANCELED, 0);
            case "too_many_checks" -> new Checked(Outcome.TOO_MANY_CHECKS, 0);
            default -> before.expired() ? new Checked(Outcome.EXPIRED, 0) : ofPending(left, place, rightAt);
        };
    }

    private static Checked ofPending(int left, int place, int rightAt) {
        boolean approves = rightAt > 0 && rightAt <= left;
        if (approves && place >= rightAt) {
            return new Checked(place == rightAt ? Outcome.APPROVED : Outcome.USED, 0);
        }
        return place < left ? new Checked(Outcome.PENDING, left - place) : new Checked(Outcome.TOO_MANY_CHECKS, 0);
    }

    /** A verification, as it was locked. */
    record Before(String status, boolean expired, int checks) {}
}
