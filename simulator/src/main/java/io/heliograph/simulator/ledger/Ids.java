package io.heliograph.simulator.ledger;

/** What each provider calls its messages: worked out from a message's number, and back. */
public final class Ids {
    /** A message has at most ten media. */
    private static final int MEDIA_BITS = 4;

    private static final long NUMBERS_BEFORE = 1_000_000_000;

    private final Sids sids;

    Ids(Sids sids) {
        this.sids = sids;
    }

    /** Twilio's. */
    public String sid(Message message) {
        return sids.sid(message.content().prefix(), message.sequence());
    }

    /** Of one of the message's media, by its place. */
    public String mediaSid(Message message, int index) {
        return sids.sid("ME", message.sequence() << MEDIA_BITS | index);
    }

    /** The place of one of the message's media, or -1. */
    public int mediaIndex(Message message, String mediaSid) {
        long number = sids.sequence(mediaSid);
        int index = (int) (number & (1 << MEDIA_BITS) - 1);
        boolean known = number >= 0
                && mediaSid.startsWith("ME")
                && number >> MEDIA_BITS == message.sequence()
                && index < message.content().mediaUrls().size();
        return known ? index : -1;
    }

    /** Plivo's. */
    public String uuid(Message message) {
        return sids.uuid(message.sequence());
    }

    /** Textlocal's. */
    public long number(Entry entry) {
        return NUMBERS_BEFORE + entry.sequence();
    }

    /** What Fast2SMS calls a request: fifteen letters and digits that no other number has. */
    public String word(long number) {
        return sids.word(number);
    }

    /** Negative for what is none. */
    long sequenceOfNumber(String number) {
        return number.matches("[0-9]{10,18}") ? Long.parseLong(number) - NUMBERS_BEFORE : -1;
    }

    long sequenceOfSid(String sid) {
        return sids.sequence(sid);
    }

    long sequenceOfUuid(String uuid) {
        return sids.sequenceOfUuid(uuid);
    }
}
