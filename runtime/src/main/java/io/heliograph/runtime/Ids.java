package io.heliograph.runtime;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes UUIDv7: ordered by time, so that new rows land at the end of every index. Safe for any thread. */
public final class Ids implements Supplier<UUID> {
    /** PostgreSQL orders ids as unsigned bytes; {@link UUID#compareTo} compares signed numbers. */
    public static final Comparator<UUID> ORDER = (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    };
    /** Smaller and larger than any id that is made. */
    public static final UUID FIRST = new UUID(0, 0);

    public static final UUID LAST = new UUID(-1, -1);

    /** Ids begin with 48 bits of milliseconds since 1970. */
    private static final long MILLIS_MAX = (1L << 48) - 1;

    private final TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();

    /** Smaller than any id that is made at that moment or later. */
    public static UUID floor(Instant time) {
        long millis = Math.clamp(time.getEpochSecond(), 0, MILLIS_MAX / 1_000 - 1) * 1_000 + time.getNano() / 1_000_000;
        return new UUID(millis << 16, 0);
    }

    /** The floor of a moment so much later than that of an id, or earlier; of any id that can be. */
    public static UUID floor(UUID id, Duration later) {
        return new UUID(Math.clamp((id.getMostSignificantBits() >>> 16) + later.toMillis(), 0, MILLIS_MAX) << 16, 0);
    }

    @Override
    public UUID get() {
        return generator.generate();
    }
}
