package io.heliograph.simulator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentEntriesTest {
    private static final int PAGE = 4_096;
    private static final ProviderCall CALL = ProviderCall.from(Provider.TWILIO, "+15005550006");

    @Test
    void keeps_the_newest_and_lets_the_oldest_go() {
        RecentEntries recent = new RecentEntries(2 * PAGE);

        for (long sequence = 1; sequence <= 3 * PAGE; sequence++) {
            recent.put(entry(sequence));
        }

        assertThat(recent.get(3 * PAGE)).isNotNull();
        assertThat(recent.get(PAGE + 1)).isNotNull();
        assertThat(recent.get(PAGE)).isNull();
        assertThat(recent.get(3 * PAGE + 1)).isNull();
        assertThat(recent.get(-1)).isNull();
    }

    @Test
    void still_counts_and_ends_the_list_when_entries_have_gone() {
        Ledger ledger = new Ledger(new Sids(1), PAGE, 0);

        for (int i = 0; i < 2 * PAGE; i++) {
            long sequence = ledger.nextSequence();
            ledger.record(new Entry(CALL, sequence, 0, "+15005550010", "m" + i, message(sequence)), "");
        }

        List<Message> listed = new ArrayList<>();
        ledger.newestFirst(null, "+15005550010", null).forEachRemaining(listed::add);
        List<Message> all = new ArrayList<>();
        ledger.newestFirst(null, null, null).forEachRemaining(all::add);
        assertThat(listed).hasSize(PAGE);
        assertThat(all).hasSize(PAGE);
        assertThat(ledger.recipient("+15005550010").accepted()).isEqualTo(2 * PAGE);
        assertThat(ledger.summary().messages()).isEqualTo(2 * PAGE);
    }

    private static Entry entry(long sequence) {
        return new Entry(CALL, sequence, 0, "+15005550010", null, null);
    }

    private static Message message(long sequence) {
        Message.Content content =
                new Message.Content("+15005550010", "+15005550006", "Hi", null, List.of(), null, "outbound-api");
        return new Message(sequence, 0, content, Status.QUEUED, 1);
    }
}
