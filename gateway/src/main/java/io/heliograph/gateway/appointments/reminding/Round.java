package io.heliograph.gateway.appointments.reminding;

/**
 * What became of what was due.
 *
 * @param told or not worth telling any more
 * @param putOff visits of which nothing can be told yet
 */
public record Round(int told, int putOff) {
    static final Round NOTHING = new Round(0, 0);

    Round and(Round other) {
        return new Round(told + other.told, putOff + other.putOff);
    }

    /** Whether there may be more behind it. */
    public int work() {
        return told + putOff;
    }
}
