package io.heliograph.gateway.outbox;

import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Intents in the order in which they came, until a statement takes them. Bounded in rows and in bytes. */
final class WaitingLine<I extends GroupCommit.Intent, R> {
    /** One intent, and whom to tell. */
    record Waiting<I, R>(I intent, int bytes, Promise<R> answer, long sinceNanos) {
        boolean isOlderThan(Duration age) {
            return System.nanoTime() - sinceNanos > age.toNanos();
        }
    }

    private final GroupCommit.Bounds bounds;
    private final Deque<Waiting<I, R>> line = new ArrayDeque<>();
    /** Changed by the event loop only, and read by whoever collects metrics. */
    private final AtomicInteger rows = new AtomicInteger();

    private long bytes;

    WaitingLine(GroupCommit.Bounds bounds) {
        this.bounds = bounds;
    }

    /** Answers whether there was room for it. */
    boolean add(I intent, Promise<R> answer) {
        Waiting<I, R> last = new Waiting<>(intent, intent.bytes(), answer, System.nanoTime());
        if (!hasRoomFor(last)) {
            return false;
        }
        line.add(last);
        rows.addAndGet(intent.rows());
        bytes += last.bytes();
        return true;
    }

    /** Alone, one intent may weigh what it likes: its own limits were checked when it was read. */
    private boolean hasRoomFor(Waiting<I, R> last) {
        return rows.get() + last.intent().rows() <= bounds.rowsWaitingMax()
                && (line.isEmpty() || bytes + last.bytes() <= bounds.bytesWaitingMax());
    }

    boolean isEmpty() {
        return line.isEmpty();
    }

    int rows() {
        return rows.get();
    }

    /** The first is the oldest. */
    boolean waitsLongerThan(Duration age) {
        return !line.isEmpty() && line.peek().isOlderThan(age);
    }

    /** Those that waited longer than they may. */
    List<Waiting<I, R>> takeLate() {
        List<Waiting<I, R>> late = new ArrayList<>();
        while (waitsLongerThan(bounds.waitMax())) {
            late.add(take());
        }
        return late;
    }

    /** As much as fits into one statement. */
    List<Waiting<I, R>> takeGroup() {
        List<Waiting<I, R>> group = new ArrayList<>();
        int groupRows = 0;
        long groupBytes = 0;
        while (!line.isEmpty()) {
            Waiting<I, R> next = line.peek();
            groupRows += next.intent().rows();
            groupBytes += next.bytes();
            // One intent always goes, however large.
            if (!group.isEmpty()
                    && (groupRows > bounds.rowsPerStatementMax() || groupBytes > bounds.bytesPerStatementMax())) {
                break;
            }
            group.add(take());
        }
        return group;
    }

    private Waiting<I, R> take() {
        Waiting<I, R> first = line.remove();
        rows.addAndGet(-first.intent().rows());
        bytes -= first.bytes();
        return first;
    }
}
