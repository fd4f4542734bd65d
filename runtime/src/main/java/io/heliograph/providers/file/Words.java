package io.heliograph.providers.file;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.providers.yaml.YamlValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the lists of words that several parts of the file have. */
final class Words {
    private static final String PREFIX = "\\+?[1-9]\\d{0,14}";
    private static final String WANTS_PREFIX = "the beginning of a number with its country code, such as +91";

    private Words() {}

    /** All that are possible when none is given. {@code whose} says who could not carry others. */
    static Set<Channel> channels(YamlValue value, Set<Channel> possible, String whose) {
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        for (YamlValue item : value.items()) {
            Channel channel = item.word(Channel.WORDS, Channel::of);
            if (channel != null && !possible.contains(channel)) {
                item.mistake("wants a channel that " + whose + " has, not " + channel.word());
            } else if (channel != null && !channels.add(channel)) {
                item.mistake("is given twice");
            }
        }
        return channels.isEmpty() ? possible : channels;
    }

    /** Empty when none is given: all lanes. */
    static Set<Lane> lanes(YamlValue value) {
        Set<Lane> lanes = EnumSet.noneOf(Lane.class);
        for (YamlValue item : value.items()) {
            Lane lane = item.word(Lane.WORDS, Lane::of);
            if (lane != null && !lanes.add(lane)) {
                item.mistake("is given twice");
            }
        }
        return lanes;
    }

    static List<String> prefixes(YamlValue value) {
        List<String> prefixes = new ArrayList<>();
        for (YamlValue item : value.items()) {
            String prefix = prefix(item);
            if (prefix != null) {
                prefixes.add(prefix);
            }
        }
        return prefixes;
    }

    /** With its plus sign; null when it is missing or is none. */
    static @Nullable String prefix(YamlValue value) {
        String prefix = value.matching(PREFIX, WANTS_PREFIX);
        return prefix == null ? null : withPlus(prefix);
    }

    static boolean isPrefix(String text) {
        return text.matches(PREFIX);
    }

    static String withPlus(String prefix) {
        return prefix.startsWith("+") ? prefix : "+" + prefix;
    }
}
