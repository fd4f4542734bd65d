package io.heliograph.gateway.callbacks.inbound;

import io.heliograph.contract.Channel;
import io.heliograph.providers.routing.ProviderKind;
import io.heliograph.providers.routing.RoutingTable;
import io.heliograph.providers.routing.SenderIdentity;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Our numbers, by the latest routing table. Belongs to one event loop: it remembers the table that it has read. */
final class OwnNumbers {
    private record Place(ProviderKind kind, Channel channel, String address) {}

    private record Sender(String provider, SenderIdentity identity) {}

    private final Supplier<RoutingTable> tables;
    private @Nullable RoutingTable table;
    private Map<Place, Sender> senders = Map.of();

    OwnNumbers(Supplier<RoutingTable> tables) {
        this.tables = tables;
    }

    OwnNumber of(InboundMessage message) {
        refresh();
        ProviderKind kind = ProviderKind.of(message.provider());
        Sender byNumber = senders.get(new Place(kind, message.channel(), message.number()));
        Sender byService =
                message.service() == null ? null : senders.get(new Place(kind, message.channel(), message.service()));
        Sender sender = byNumber == null ? byService : byNumber;
        if (sender == null) {
            return new OwnNumber(null, message.channel().word(), answersUsually(kind, message.number()));
        }
        String owner = sender.identity().inbound().account();
        Boolean answers = sender.identity().inbound().providerAnswers();
        return new OwnNumber(
                owner == null && byService != null
                        ? byService.identity().inbound().account()
                        : owner,
                sender.provider(),
                answers == null ? answersUsually(kind, message.number()) : answers);
    }

    /** Twilio does for long codes and toll-free numbers. Of the others it is not known, and two answers are better than none. */
    private static boolean answersUsually(ProviderKind kind, String number) {
        return kind == ProviderKind.TWILIO && number.startsWith("+");
    }

    // The very table, and not one like it: to compare them would cost more than to read it again.
    @SuppressWarnings("ReferenceEquality")
    private void refresh() {
        RoutingTable latest = tables.get();
        if (latest == table) {
            return;
        }
        Map<Place, Sender> read = new HashMap<>();
        for (RoutingTable.Account account : latest.accounts()) {
            for (SenderIdentity sender : account.senders().all()) {
                for (Channel channel : sender.channels()) {
                    Place place = new Place(account.kind(), channel, Parties.normal(sender.address()));
                    Sender _ = read.putIfAbsent(place, new Sender(account.name(), sender));
                }
            }
        }
        table = latest;
        senders = read;
    }
}
