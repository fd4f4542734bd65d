package io.heliograph.simulator.ledger;

import java.util.concurrent.atomic.LongAdder;

/** What became of the calls to the customer's URLs. Each copy and each retry is a call of its own. */
public final class CallbackCounts {
    /** Put on the wire. */
    public final LongAdder sent = new LongAdder();
    /** Answered 2xx. */
    public final LongAdder answered = new LongAdder();
    /** Answered with anything else. */
    public final LongAdder refused = new LongAdder();
    /** Not answered: no connection, reset, or out of time. */
    public final LongAdder failed = new LongAdder();
    /** Never sent, because the queue was full. */
    public final LongAdder dropped = new LongAdder();
    /** Waiting or in flight now. */
    public final LongAdder open = new LongAdder();
}
