package io.heliograph.worker.provider;

import java.time.Duration;
import java.util.List;

/** One provider's side of the wire, played to a test's wish. */
interface Stage extends AutoCloseable {
    /** On a slow day; well within what a provider has. */
    Duration SLOW_ANSWER = ProviderContract.TIMEOUT.dividedBy(3);

    /** How the other side behaves. */
    enum Day {
        WELL,
        BUSY,
        BUSY_FOR_SEVEN_SECONDS,
        BUSY_UNTIL_A_DATE,
        SLOW,
        SILENT_AFTER_TAKING,
        RESET_BEFORE_TAKING,
        RESET_AFTER_TAKING,
        BROKEN_BEFORE_TAKING,
        BROKEN_AFTER_TAKING,
        GARBAGE,
        HTML,
        EMPTY,
        WITHOUT_AN_ID,
        WITH_A_BLANK_ID,
        REDIRECT
    }

    /** What we have to show for ourselves. */
    enum Login {
        RIGHT,
        WRONG,
        MISSING
    }

    /** The other side says no, in its own words. {@code name} is for the report only. */
    record No(String name, Outcome means) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A provider under test, and how it is closed. */
    record Subject(Provider provider, AutoCloseable closer) {}

    Subject subject(Login login);

    /** The same, where nobody listens. */
    Subject inTheDark();

    /** A message that it can carry, and another one that may share its call if any may. */
    List<Outgoing> messages();

    void play(Day day);

    /** Every class of refusal. */
    List<No> refusals();

    void refuse(No no);

    /** Attempts to hand over messages that have reached the other side. */
    long calls();

    void reset();

    @Override
    void close() throws Exception;
}
