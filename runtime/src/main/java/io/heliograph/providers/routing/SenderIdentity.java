package io.heliograph.providers.routing;

import io.heliograph.contract.Channel;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a message can come from: a number, a short code, a name, a header, a messaging service, or an email address.
 *
 * @param channels that it can be used in
 * @param prefixes of the recipients that it is for; empty for all
 * @param perSecond messages in any second, of all workers together; null for no limit of its own
 * @param inbound what is done with messages to it
 */
public record SenderIdentity(
        String address,
        Set<Channel> channels,
        List<String> prefixes,
        @Nullable Double perSecond,
        Inbound inbound) {
    /**
     * What is done with messages to a sender.
     *
     * @param account the customer account that messages to it belong to; null for whoever wrote last from it to the person
     * @param providerAnswers whether the provider answers STOP, START and HELP itself; null for what is usual there
     */
    public record Inbound(
            @Nullable String account, @Nullable Boolean providerAnswers) {
        public static final Inbound USUAL = new Inbound(null, null);
    }

    public SenderIdentity(String address, Set<Channel> channels, List<String> prefixes, @Nullable Double perSecond) {
        this(address, channels, prefixes, perSecond, Inbound.USUAL);
    }

    public SenderIdentity {
        channels = Set.copyOf(channels);
        prefixes = List.copyOf(prefixes);
    }

    /** The length of the prefix by which it may write to this recipient; 0 when it is for all, -1 when it may not. */
    int reach(Channel channel, String recipient) {
        if (!channels.contains(channel)) {
            return -1;
        }
        return prefixes.stream()
                .filter(recipient::startsWith)
                .mapToInt(String::length)
                .max()
                .orElse(prefixes.isEmpty() ? 0 : -1);
    }
}
