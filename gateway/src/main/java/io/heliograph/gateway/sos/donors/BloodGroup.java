package io.heliograph.gateway.sos.donors;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A blood group by ABO and Rh(D). Its word is part of answers and stored: it may not change. */
public enum BloodGroup {
    O_NEGATIVE("O-", false, false, false),
    O_POSITIVE("O+", false, false, true),
    A_NEGATIVE("A-", true, false, false),
    A_POSITIVE("A+", true, false, true),
    B_NEGATIVE("B-", false, true, false),
    B_POSITIVE("B+", false, true, true),
    AB_NEGATIVE("AB-", true, true, false),
    AB_POSITIVE("AB+", true, true, true);

    public static final List<String> WORDS =
            Arrays.stream(values()).map(BloodGroup::word).toList();

    /** Signs and spaces of every kind that people put between group and factor. */
    private static final Pattern BETWEEN = Pattern.compile("[\\s\\p{Z}().,_]+");

    private static final Pattern POSITIVE = Pattern.compile("(\\+(VE)?|P|POS|POSITIVE)$");
    private static final Pattern NEGATIVE = Pattern.compile("([-\\u2010-\\u2015\\u2212](VE)?|N|NEG|NEGATIVE)$");

    private final String word;
    private final boolean hasA;
    private final boolean hasB;
    private final boolean hasD;

    BloodGroup(String word, boolean hasA, boolean hasB, boolean hasD) {
        this.word = word;
        this.hasA = hasA;
        this.hasB = hasB;
        this.hasD = hasD;
    }

    /** As people write it: o+, AB NEG, B+ve, A (positive), and with a zero. Null when it is none. */
    public static @Nullable BloodGroup of(String text) {
        String written = BETWEEN.matcher(text.toUpperCase(Locale.ROOT))
                .replaceAll("")
                .replace("RH", "")
                .replace('0', 'O');
        String plain =
                NEGATIVE.matcher(POSITIVE.matcher(written).replaceFirst("+")).replaceFirst("-");
        return Arrays.stream(values())
                .filter(group -> group.word.equals(plain))
                .findFirst()
                .orElse(null);
    }

    /** Red cells may be given to whoever has every antigen that is on them. */
    public boolean canGiveTo(BloodGroup patient) {
        return (!hasA || patient.hasA) && (!hasB || patient.hasB) && (!hasD || patient.hasD);
    }

    /** Whose red cells somebody of this group may get. */
    public List<BloodGroup> canGetFrom() {
        return Arrays.stream(values()).filter(donor -> donor.canGiveTo(this)).toList();
    }

    public String word() {
        return word;
    }
}
