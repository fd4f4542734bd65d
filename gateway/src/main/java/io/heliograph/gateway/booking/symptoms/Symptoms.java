package io.heliograph.gateway.booking.symptoms;

import io.heliograph.gateway.booking.hearing.Said;
import io.heliograph.gateway.booking.hearing.SymptomTable.Meaning;
import io.vertx.core.Future;
import java.util.List;

/** Tells which kinds of doctor a text speaks for. */
public interface Symptoms {
    /** {@code kinds} are those of the doctors that the account has; where there are none, nobody is asked who has to think. */
    Future<Meaning> meaning(long accountId, Said said, List<String> kinds);

    /** What the account calls a kind of doctor, as symptoms lead to it. */
    Future<String> kind(long accountId, String specialisation);
}
