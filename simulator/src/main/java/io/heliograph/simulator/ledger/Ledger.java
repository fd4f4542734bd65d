package io.heliograph.simulator.ledger;

import io.heliograph.simulator.ledger.Tally.Count;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Every message that was asked for: counted for ever by provider, by recipient and by message, kept in full for the
 * newest. Any thread may write and read; the counts are exact.
 */
public final class Ledger {
    /** How often a recipient or a message was asked for, how often that was accepted, and by whom. */
    public record Line(String of, int received, int accepted, List<String> acceptedBy) {}

    private final Ids ids;
    private final AtomicLong sequence;
    private final RecentEntries recent;
    private final Tally recipients = new Tally();
    private final Tally messages = new Tally();
    private final Names names = new Names();
    private final Traffic traffic = new Traffic();
    private final LongAdder underWay = new LongAdder();
    private final Answers answers = new Answers();
    private final Set<String> uncounted = ConcurrentHashMap.newKeySet();
    private final CallbackCounts callbacks = new CallbackCounts();

    /** The first sequence number carries on from the ledger before, so that no SID comes twice. */
    public Ledger(Sids sids, int entriesKept, long sequenceSoFar) {
        this.ids = new Ids(sids);
        this.recent = new RecentEntries(entriesKept);
        this.sequence = new AtomicLong(sequenceSoFar);
    }

    /** What the providers call their messages. */
    public Ids ids() {
        return ids;
    }

    public long nextSequence() {
        return sequence.incrementAndGet();
    }

    public long lastSequence() {
        return sequence.get();
    }

    /** Counts a call that asks for no message: a look-up, or somebody's question about health. */
    public void asked(Provider provider, long now) {
        traffic.addOther(provider, now);
    }

    /** Counts a call that asked for so many messages; each of them is recorded besides. */
    public void called(ProviderCall call, long now, int messages, int accepted) {
        traffic.add(call, now, messages, accepted);
    }

    /**
     * Writes a message down and counts it by recipient and identity. Its sequence number is one that
     * {@link #nextSequence} gave. A message without an identity is told by its recipient and its body.
     */
    public void record(Entry entry, String body) {
        String identity = entry.identity() == null ? entry.to() + ' ' + body : entry.identity();
        recent.put(entry);
        Provider provider = entry.call().provider();
        recipients.add(names.key(entry.to()), provider, entry.accepted(), entry.sequence(), entry::followRecipient);
        messages.add(names.key(identity), provider, entry.accepted(), entry.sequence(), entry::followMessage);
    }

    /** Keeps a message that no POST asked for: one that came in, or a reply to it. */
    public void keep(Message message) {
        Message.Content content = message.content();
        boolean _ = uncounted.add(content.to());
        ProviderCall call = ProviderCall.from(Provider.TWILIO, content.from());
        recent.put(new Entry(call, message.sequence(), message.createdAt(), content.to(), null, message));
    }

    public void answered(Entry entry, String how, int status, int code, long now) {
        entry.answered(how, status, code, now);
        answers.add(entry.call().provider(), how);
    }

    /** Of Twilio's. Null when there is none, or it was deleted, or it is no longer kept. */
    public @Nullable Message find(String sid) {
        Message message = findKept(sid);
        return message == null || message.state().deleted() ? null : message;
    }

    /** Like {@link #find}, but a deleted one still marks a place in a list. */
    public @Nullable Message findKept(String sid) {
        Entry entry = entry(Provider.TWILIO, ids.sequenceOfSid(sid));
        Message message = entry == null ? null : entry.message();
        return message != null && sid.startsWith(message.content().prefix()) ? message : null;
    }

    /** What a provider that names messages by UUID took under this one; null when there is none or it is not kept. */
    public @Nullable Message findByUuid(Provider provider, String uuid) {
        Entry entry = entry(provider, ids.sequenceOfUuid(uuid));
        return entry == null ? null : entry.message();
    }

    public @Nullable Message findByNumber(Provider provider, String number) {
        Entry entry = entry(provider, ids.sequenceOfNumber(number));
        return entry == null ? null : entry.message();
    }

    private @Nullable Entry entry(Provider provider, long number) {
        Entry entry = recent.get(number);
        return entry != null && entry.call().provider() == provider ? entry : null;
    }

    public long accepted(Provider provider) {
        return traffic.of(provider).accepted();
    }

    /**
     * Messages that are kept, the newest first: one provider's or everybody's, all or one recipient's, from the start or
     * older than a given one.
     */
    public Iterator<Message> newestFirst(
            @Nullable Provider provider, @Nullable String to, @Nullable Message olderThan) {
        // Messages that came in are in no recipient's chain.
        if (to == null || uncounted.contains(to)) {
            long first = (olderThan == null ? lastSequence() + 1 : olderThan.sequence()) - 1;
            long oldest = lastSequence() - recent.capacity() + 1;
            return new NewestFirst(recent, provider, first, oldest, number -> number - 1);
        }
        long first = olderThan == null
                ? recipients.count(Key.of(to)).lastSequence()
                : previousOfRecipient(olderThan.sequence());
        return new NewestFirst(recent, provider, first, 1, this::previousOfRecipient);
    }

    private long previousOfRecipient(long number) {
        Entry entry = recent.get(number);
        return entry == null ? 0 : entry.previousOfRecipient();
    }

    /** The POSTs to a recipient, the newest first, as many as are still kept. */
    public List<Entry> ofRecipient(String to, int limit) {
        return chain(recipients.count(Key.of(to)).lastSequence(), limit, Entry::previousOfRecipient);
    }

    /** The POSTs of a message, the newest first, as many as are still kept. */
    public List<Entry> ofMessage(String identity, int limit) {
        return chain(messages.count(Key.of(identity)).lastSequence(), limit, Entry::previousOfMessage);
    }

    public Line recipient(String to) {
        return line(to, recipients.count(Key.of(to)));
    }

    public Line identity(String identity) {
        return line(identity, messages.count(Key.of(identity)));
    }

    /** Up to so many recipients, or only those for which more than one POST was accepted. */
    public List<Line> recipients(boolean repeatedOnly, int limit) {
        return lines(recipients, repeatedOnly, limit);
    }

    /** Up to so many messages, or only those for which more than one POST was accepted. */
    public List<Line> messages(boolean repeatedOnly, int limit) {
        return lines(messages, repeatedOnly, limit);
    }

    public CallbackCounts callbacks() {
        return callbacks;
    }

    public LongAdder underWay() {
        return underWay;
    }

    /** Each provider that was called, and each of its senders. */
    public List<Rates> rates() {
        return traffic.rates();
    }

    /** When the newest messages came that are still kept, as milliseconds since 1970, the oldest first. */
    public List<Long> arrivals(@Nullable Provider provider, @Nullable String sender, int limit) {
        List<Long> found = new ArrayList<>();
        for (long number = lastSequence(); number > 0 && found.size() < limit; number--) {
            Entry entry = recent.get(number);
            if (entry == null && number <= lastSequence() - recent.capacity()) {
                break;
            }
            if (entry != null && isOf(entry.call(), provider, sender)) {
                found.add(entry.receivedAt());
            }
        }
        return found.reversed();
    }

    private static boolean isOf(ProviderCall call, @Nullable Provider provider, @Nullable String sender) {
        return (provider == null || provider == call.provider()) && (sender == null || sender.equals(call.sender()));
    }

    public LedgerSummary summary() {
        return new Totals(traffic, recipients, messages, answers, callbacks, underWay).summary();
    }

    private List<Entry> chain(long newest, int limit, ToLongFunction<Entry> previous) {
        List<Entry> found = new ArrayList<>();
        Entry entry = recent.get(newest);
        while (entry != null && found.size() < limit) {
            found.add(entry);
            entry = recent.get(previous.applyAsLong(entry));
        }
        return found;
    }

    private List<Line> lines(Tally tally, boolean repeatedOnly, int limit) {
        List<Line> lines = new ArrayList<>();
        tally.forEach((key, count) -> {
            if (lines.size() < limit && (!repeatedOnly || count.accepted() > 1)) {
                lines.add(line(names.text(key), count));
            }
        });
        return lines;
    }

    private static Line line(String of, Count count) {
        return new Line(of, count.received(), count.accepted(), Provider.words(count.acceptedBy()));
    }
}
