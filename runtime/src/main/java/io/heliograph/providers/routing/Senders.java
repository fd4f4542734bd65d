package io.heliograph.providers.routing;

import io.heliograph.contract.Channel;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The senders of one account, in the order of the file. */
public record Senders(List<SenderIdentity> all) {
    public Senders {
        all = List.copyOf(all);
    }

    /** Those that may write to this recipient: the longest prefix first, then in the order of the file. */
    public List<SenderIdentity> ableTo(Channel channel, String recipient) {
        return all.stream()
                .filter(sender -> sender.reach(channel, recipient) >= 0)
                .sorted(Comparator.comparingInt((SenderIdentity sender) -> sender.reach(channel, recipient))
                        .reversed())
                .toList();
    }

    /** What a message that names no sender comes from; null when there is none for this recipient. */
    public @Nullable SenderIdentity first(Channel channel, String recipient) {
        SenderIdentity best = null;
        int reach = -1;
        for (SenderIdentity sender : all) {
            int reached = sender.reach(channel, recipient);
            if (reached > reach) {
                best = sender;
                reach = reached;
            }
        }
        return best;
    }

    /** Whether there is one for some at least of the recipients whose numbers begin so. */
    public boolean haveOneFor(Channel channel, String prefix) {
        return all.stream()
                .filter(sender -> sender.channels().contains(channel))
                .anyMatch(sender -> sender.prefixes().isEmpty()
                        || sender.prefixes().stream()
                                .anyMatch(own -> own.startsWith(prefix) || prefix.startsWith(own)));
    }

    /** The limit of a sender, messages a second; null when it has none, or is not of this account. */
    public @Nullable Double perSecond(String address) {
        for (SenderIdentity sender : all) {
            if (sender.address().equals(address)) {
                return sender.perSecond();
            }
        }
        return null;
    }
}
