package io.heliograph.providers.file;

import io.heliograph.contract.Channel;
import io.heliograph.providers.KindSettings;
import io.heliograph.providers.routing.ProviderKind;
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
    private record Shape(String regex, String wants) {
        Shape or(Shape other) {
            return new Shape(regex + "|" + other.regex, wants + ", or " + other.wants);
        }
    }

    private static final Shape NUMBER = new Shape("\\+?\\d{3,15}", "a number such as +15005550006, or a short code");
    private static final Shape WHATSAPP_NUMBER =
            new Shape("(whatsapp:)?\\+?\\d{3,15}", "a number such as +15005550006");
    private static final Shape HEADER = new Shape("[A-Za-z0-9]{3,9}", "a header of 3 to 9 letters and digits");
    private static final Shape NAME =
            new Shape("(?=.*[A-Za-z])[A-Za-z0-9 ._&+-]{1,11}", "a name of 1 to 11 letters and digits");
    private static final Shape SERVICE =
            new Shape("MG[0-9a-fA-F]{32}", "a messaging service: MG and 32 hexadecimal digits");
    private static final Shape ADDRESS = new Shape("[^@]{1,200}@[^@\\s>]{1,200}>?", "an email address");

    private static final Map<String, Shape> SHAPES =
            Map.of("number", NUMBER, "header", HEADER, "name", NAME, "service", SERVICE, "address", ADDRESS);

    private static final String PROVIDER = "provider";
    private static final List<String> ANSWERING = List.of(PROVIDER, "gateway");
    private static final String ACCOUNT_NAME = ".{1,200}";

    private final YamlMapping account;
    private final Set<Channel> channels;
    private final ProviderKind kind;
    /** Of the senders that name no account of their own. */
    private final Inbound inbound;

    private SendersReader(YamlMapping account, Set<Channel> channels, ProviderKind kind) {
        this.account = account;
        this.channels = channels;
        this.kind = kind;
        String answering = account.at("keywords_answered_by").word(ANSWERING, word -> word);
        this.inbound = new Inbound(null, answering == null ? null : answering.equals(PROVIDER));
    }

    static Senders read(YamlMapping account, Set<Channel> channels, KindSettings settings) {
        List<SenderIdentity> senders = new SendersReader(account, channels, settings.kind()).read();
        boolean isMissing = senders.isEmpty() && !account.has("senders");
        if (isMissing && settings.wantsSender() && !account.at("from").isGiven()) {
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
            String whatsapp = matching(account.at("whatsapp_from"), WHATSAPP_NUMBER.or(SERVICE));
            if (whatsapp != null) {
                senders.add(new SenderIdentity(whatsapp, Set.of(Channel.WHATSAPP), List.of(), null, inbound));
                others.remove(Channel.WHATSAPP);
            }
        }
        String from = matching(account.at("from"), shapeOfFrom());
        if (from != null) {
            senders.addFirst(new SenderIdentity(from, others, List.of(), null, inbound));
        }
        return senders;
    }

    /** Of what the kind of provider knows, and the channels that the account has. */
    private Shape shapeOfFrom() {
        if (channels.equals(Set.of(Channel.EMAIL))) {
            return ADDRESS;
        }
        if (channels.equals(Set.of(Channel.WHATSAPP))) {
            return WHATSAPP_NUMBER.or(SERVICE);
        }
        return switch (kind) {
            case TWILIO -> NUMBER.or(NAME).or(SERVICE);
            case PLIVO, TEXTLOCAL -> NUMBER.or(NAME);
            case FAST2SMS -> HEADER;
            case SMTP -> ADDRESS;
            case WEBPUSH, LOG -> NUMBER.or(NAME).or(SERVICE).or(ADDRESS);
        };
    }

    private static @Nullable String matching(YamlValue value, Shape shape) {
        return value.matching(shape.regex(), shape.wants());
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
                address = matching(value, shape.getValue());
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
