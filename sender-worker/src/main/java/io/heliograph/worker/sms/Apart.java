package io.heliograph.worker.sms;

import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Messages whose call was refused for the number of one of them, and nobody said whose. Each is tried again in a call
 * of its own, so that the one that is wrong spoils no other. Known to this process only: elsewhere it comes to the same
 * one try later. Safe for any thread.
 */
public final class Apart {
    private static final int REMEMBERED_MAX = 10_000;

    private final Map<UUID, Boolean> alone = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > REMEMBERED_MAX;
        }
    });

    /** The key of the call that the message may go in: the one shared with its like, or its own. */
    public Object key(Outgoing outgoing, Object shared) {
        return alone.containsKey(outgoing.id()) ? outgoing.id() : shared;
    }

    /** Takes a refused call apart. */
    public Outcome take(List<Outgoing> call, String code) {
        call.forEach(outgoing -> alone.put(outgoing.id(), true));
        return new Outcome.TryLater(code, Reason.PROVIDER_BUSY, Pace.APART);
    }
}
