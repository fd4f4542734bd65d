package io.heliograph.gateway.booking.talk;

import io.heliograph.gateway.booking.hearing.Said;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the person was asked last, and where their answer can lead to. From everywhere one can stay, begin again, and drop it. */
public enum Stage {
    /** What do you want? Whoever says it all at once is led all the way. */
    GREETING("symptoms doctor day time details confirmation visits visit cancelling"),
    /** What is the trouble? */
    SYMPTOMS("doctor day time details confirmation visits visit cancelling"),
    /** Whom do you want to see? */
    DOCTOR("symptoms day time details confirmation visits visit cancelling"),
    /** On which day? Of a new visit, or of one that is moved. */
    DAY("doctor time details confirmation visits visit cancelling"),
    TIME("day details confirmation visits visit cancelling"),
    /** Who is the patient? */
    DETAILS("confirmation"),
    /** Shall I? */
    CONFIRMATION("day time over visits visit cancelling"),
    /** Which of your appointments? */
    VISITS("symptoms day visit cancelling"),
    /** What shall happen with it? */
    VISIT("symptoms day visits cancelling over"),
    /** Cancel it, really? */
    CANCELLING("day visits visit over"),
    /** Nothing is open: what comes next is a new conversation. */
    OVER("symptoms doctor day time details confirmation visits visit cancelling");

    public static final List<String> WORDS =
            Arrays.stream(values()).map(Stage::word).toList();

    private final String next;

    Stage(String next) {
        this.next = next;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Stage of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Without those to which everything leads. */
    public Set<Stage> next() {
        Set<Stage> stages = EnumSet.noneOf(Stage.class);
        Arrays.stream(next.split(" ")).map(Stage::of).forEach(stages::add);
        return stages;
    }

    /** Whether it may be told now what troubles the person, in words that only somebody clever understands. */
    public boolean hearsTroubles() {
        return this == GREETING || this == SYMPTOMS || this == DOCTOR || this == OVER;
    }

    /**
     * Whether what is one slip away from an urgent word is urgent. It is not where they say who they are, and elsewhere not alone: a name is as near to one
     * as a slip of the finger, and nobody called Straker has a stroke.
     */
    public boolean forgives(Said said) {
        return this == SYMPTOMS || (this != DETAILS && said.words().size() > 1);
    }

    public boolean mayLeadTo(Stage other) {
        return other == this || other == GREETING || other == OVER || next().contains(other);
    }
}
