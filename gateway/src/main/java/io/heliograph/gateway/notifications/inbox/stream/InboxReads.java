package io.heliograph.gateway.notifications.inbox.stream;

import io.heliograph.events.EventPosition;
import io.heliograph.gateway.notifications.inbox.InboxView;
import io.heliograph.gateway.notifications.inbox.stream.InboxReadStore.Read;
import io.heliograph.runtime.Failures;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads for the streams of one event loop what has changed in their inboxes: many in one statement, one statement at a time. */
final class InboxReads {
    private static final Logger log = LoggerFactory.getLogger(InboxReads.class);

    private static final int STREAMS_AT_ONCE_MAX = 50;
    private static final long PAUSE_AFTER_FAILURE_MS = 1_000;

    private final Vertx vertx;
    private final InboxReadStore store;
    private final BiConsumer<InboxStream, LastWord> end;
    private final Queue<InboxStream> waiting = new ArrayDeque<>();
    private boolean reading;

    /** {@code end} ends a stream whose token is good no more, or that cannot be told what has changed. */
    InboxReads(Vertx vertx, InboxReadStore store, BiConsumer<InboxStream, LastWord> end) {
        this.vertx = vertx;
        this.store = store;
        this.end = end;
    }

    /** Something may have changed for it. */
    void add(InboxStream stream) {
        if (stream.wantsToRead()) {
            boolean _ = waiting.add(stream);
            readNext();
        }
    }

    private void readNext() {
        if (reading || waiting.isEmpty()) {
            return;
        }
        List<InboxStream> batch = new ArrayList<>(STREAMS_AT_ONCE_MAX);
        while (batch.size() < STREAMS_AT_ONCE_MAX && !waiting.isEmpty()) {
            InboxStream stream = waiting.remove();
            stream.beginsToRead();
            boolean _ = batch.add(stream);
        }
        reading = true;
        store.read(batch).onComplete(reads -> done(batch, reads), failure -> failed(batch, failure));
    }

    private void done(List<InboxStream> batch, List<Read> reads) {
        // All of them first: one that still counted as queued would never be read again.
        List<Boolean> again = batch.stream().map(InboxStream::hasRead).toList();
        try {
            for (int i = 0; i < batch.size(); i++) {
                if (!batch.get(i).isEnded()) {
                    takeOrEnd(batch.get(i), reads.get(i), again.get(i));
                }
            }
        } finally {
            reading = false;
            readNext();
        }
    }

    /** Whatever is wrong with one, the others go on. */
    private void takeOrEnd(InboxStream stream, Read read, boolean again) {
        try {
            take(stream, read, again);
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("error", Failures.describe(e))
                    .log("A stream of an inbox could not be told, ends");
            end.accept(stream, LastWord.FAILED);
        }
    }

    private void take(InboxStream stream, Read read, boolean again) {
        if (!read.isAdmitted()) {
            end.accept(stream, LastWord.TOKEN_EXPIRED);
            return;
        }
        if (read.isLost()) {
            stream.reset(read.horizon());
        }
        int unread = read.unread() == null ? 0 : read.unread();
        for (Row row : read.rows()) {
            if (!tell(stream, row, unread)) {
                stream.waitForReader(System.nanoTime(), () -> add(stream));
                return;
            }
        }
        boolean isMore = read.rows().size() >= InboxReadStore.CHANGES_AT_ONCE_MAX;
        if (!isMore) {
            stream.moveTo(read.horizon());
            if (read.isLost() || !stream.isLive()) {
                stream.goLive(read.horizon(), unread);
            }
        }
        if (isMore || again) {
            add(stream);
        }
    }

    private static boolean tell(InboxStream stream, Row row, int unread) {
        EventPosition at = new EventPosition(Long.parseLong(row.getString("item_xid")), row.getLong("sequence"));
        boolean isDeleted = row.getOffsetDateTime("deleted_at") != null;
        JsonObject told = isDeleted
                ? new JsonObject().put("id", row.getUUID("id").toString())
                : new JsonObject().put("item", InboxView.item(row));
        return stream.tell(
                at,
                isDeleted ? "deleted" : "item",
                told.put("unread_count", unread).encode());
    }

    private void failed(List<InboxStream> batch, Throwable failure) {
        log.atWarn().addKeyValue("error", Failures.describe(failure)).log("Inboxes could not be read, will repeat");
        long _ = vertx.setTimer(PAUSE_AFTER_FAILURE_MS, paused -> {
            batch.forEach(stream -> {
                boolean _ = stream.hasRead();
                add(stream);
            });
            reading = false;
            readNext();
        });
    }
}
