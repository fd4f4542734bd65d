package io.heliograph.providers.file;

import io.heliograph.contract.Channel;
import io.heliograph.providers.KindSettings;
import io.heliograph.providers.routing.SenderIdentity;
import io.heliograph.providers.routing.SenderIdentity.Inbound;
import io.heliograph.providers.routing.Senders;
import io.heliograph.providers.yaml.YamlMapping;
import io.heliograph.providers.yaml.YamlValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what messages of an account come from: {@code from} and {@code whatsapp_from} for all recipients, and a list of
 * {@code senders} where there is more to say.
 */
final class SendersReader {
    /** What a sender is called, what it looks like, and how that is said. */
    private record Shape(String regex, String wants) {}

    private static final Shape ADDRESS = new Shape("[^@]{1,200}@[^@\\s>]{1,200}>?", "an email address");

    private static final Map<String, Shape> SHAPES = Map.of(
            "number", new Shape("\\+?\\d{3,15}", "a number such as +15005550006, or a short code"),
            "header", new Shape("[A-Za-z0-9]{3,9}", "a header of 3 to 9 letters and digits"),
            "name", new Shape("[A-Za-z0-9 ._&+-]{1,11}", "a name of 1 to 11 letters and digits"),
            "service", new Shape("MG[0-9a-fA-F]{32}", "a messaging service: MG and 32 hexadecimal digits"),
            "address", ADDRESS);

    private static final String PROVIDER = "provider";
    private static final List<String> ANSWERING = List.of(PROVIDER, "gateway");
    private static final String ACCOUNT_NAME = ".{1,200}";

    private final YamlMapping account;
    private final Set<Channel> channels;
    /** Of the senders that name no account of their own. */
    private final Inbound inbound;

    private SendersReader(YamlMapping account, Set<Channel> channels) {
        this.account = account;
        this.channels = channels;
        String answering = account.at("keywords_answered_by").word(ANSWERING, word -> word);
        this.inbound = new Inbound(null, answering == null ? null : answering.equals(PROVIDER));
    }

    static Senders read(YamlMapping account, Set<Channel> channels, KindSettings settings) {
        List<SenderIdentity> senders = new SendersReader(account, channels).read();
        boolean isMissing = senders.isEmpty() && account.at("senders").isNothing();
        if (isMissing && settings.wantsSender() && account.at("from").text("").isEmpty()) {
            account.at("from").mistake("is missing: the sender of messages that name none");
        }
        return new Senders(senders);
    }

    private List<SenderIdentity> read() {
        List<SenderIdentity> senders = new ArrayList<>();
        for (YamlValue item : account.at("senders").items()) {
            SenderIdentity sender = sender(item.mapping());
            if (sender != null) {
                refuseTwice(senders, sender, item);
                senders.add(sender);
            }
        }
        senders.addAll(forAll());
        return senders;
    }

    private List<SenderIdentity> forAll() {
        List<SenderIdentity> senders = new ArrayList<>();
        Set<Channel> others = EnumSet.noneOf(Channel.class);
        others.addAll(channels);
        if (channels.contains(Channel.WHATSAPP)) {
            String whatsapp = account.at("whatsapp_from").text();
            if (whatsapp != null) {
                senders.add(new SenderIdentity(whatsapp, Set.of(Channel.WHATSAPP), List.of(), null, inbound));
                others.remove(Channel.WHATSAPP);
            }
        }
        String from = from();
        if (from != null) {
            senders.addFirst(new SenderIdentity(from, others, List.of(), null, inbound));
        }
        return senders;
    }

    private @Nullable String from() {
        YamlValue from = account.at("from");
        return channels.equals(Set.of(Channel.EMAIL)) ? from.matching(ADDRESS.regex(), ADDRESS.wants()) : from.text();
    }

    private @Nullable SenderIdentity sender(YamlMapping item) {
        String address = address(item);
        Set<Channel> only = Words.channels(item.at("channels"), channels, "the account");
        List<String> prefixes = Words.prefixes(item.at("prefixes"));
        Double perSecond = item.at("per_second").perSecond();
        String owner = item.at("account").matching(ACCOUNT_NAME, "the name of a customer account");
        item.refuseOtherKeys();
        Inbound own = new Inbound(owner, inbound.providerAnswers());
        return address == null ? null : new SenderIdentity(address, only, prefixes, perSecond, own);
    }

    private static @Nullable String address(YamlMapping item) {
        String address = null;
        int given = 0;
        for (Map.Entry<String, Shape> shape : SHAPES.entrySet()) {
            YamlValue value = item.at(shape.getKey());
            if (value.isGiven()) {
                given++;
                address = value.matching(
                        shape.getValue().regex(), shape.getValue().wants());
            }
        }
        if (given != 1) {
            item.mistake("wants one of number, header, name, service and address");
        }
        return address;
    }

    private static void refuseTwice(List<SenderIdentity> senders, SenderIdentity sender, YamlValue item) {
        boolean twice = senders.stream()
                .anyMatch(other -> other.address().equals(sender.address())
                        && other.channels().stream().anyMatch(sender.channels()::contains));
        if (twice) {
            item.mistake("is a sender that is in the list already");
        }
    }
}
