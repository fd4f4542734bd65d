package io.heliograph.providers.file;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.providers.routing.Route;
import io.heliograph.providers.routing.Route.Leg;
import io.heliograph.providers.routing.Route.Policy;
import io.heliograph.providers.yaml.YamlMapping;
import io.heliograph.providers.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the routes: a list, in which each says what it is for, or a mapping of a channel to the provider, or the
 * providers, that carry all of it.
 */
final class RoutesReader {
    private record Found(int line, Route route) {}

    private final LegsReader legs;
    private final List<Found> found = new ArrayList<>();

    private RoutesReader(LegsReader legs) {
        this.legs = legs;
    }

    static List<Route> read(YamlValue routes, LegsReader legs) {
        RoutesReader reader = new RoutesReader(legs);
        if (routes.isMapping()) {
            reader.byChannel(routes.mapping());
        } else {
            routes.items().forEach(reader::one);
        }
        return reader.found.stream().map(Found::route).toList();
    }

    private void byChannel(YamlMapping routes) {
        for (Channel channel : Channel.values()) {
            YamlValue providers = routes.at(channel.word());
            if (routes.has(channel.word())) {
                add(
                        providers,
                        channel,
                        "",
                        Set.of(),
                        Policy.ORDERED,
                        legs.read(providers, channel, "", Policy.ORDERED));
            }
        }
        routes.refuseOtherKeys();
    }

    private void one(YamlValue item) {
        YamlMapping route = item.mapping();
        YamlValue channelWord = route.at("channel");
        Channel channel = channelWord.requiredText().isEmpty() ? null : channelWord.word(Channel.WORDS, Channel::of);
        String prefix = prefix(route.at("prefix"), channel);
        Set<Lane> lanes = Words.lanes(route.at("lanes"));
        Policy given = route.at("policy").word(Policy.WORDS, Policy::of);
        Policy policy = given == null ? Policy.ORDERED : given;
        YamlValue providers = route.at("providers");
        List<Leg> legsFound = legs.read(providers, channel, prefix, policy);
        route.refuseOtherKeys();
        add(providers, channel, prefix, lanes, policy, legsFound);
    }

    private static String prefix(YamlValue value, @Nullable Channel channel) {
        String prefix = Words.prefix(value);
        if (prefix != null && channel != null && !channel.goesToNumber()) {
            value.mistake("is nothing that an address of " + channel.word() + " has");
        }
        return prefix == null ? "" : prefix;
    }

    private void add(
            YamlValue providers,
            @Nullable Channel channel,
            String prefix,
            Set<Lane> lanes,
            Policy policy,
            List<Leg> legsFound) {
        if (channel != null && !legsFound.isEmpty()) {
            Route route = new Route(channel, prefix, lanes, policy, legsFound);
            found.stream()
                    .filter(other -> isRival(other.route(), route))
                    .findFirst()
                    .ifPresent(other ->
                            providers.mistake("is for messages that already have a route, in line " + other.line()));
            found.add(new Found(providers.line(), route));
        }
    }

    /** Neither goes before the other, and both take the same message. */
    private static boolean isRival(Route a, Route b) {
        return Route.PRECEDENCE.compare(a, b) == 0
                && a.prefix().equals(b.prefix())
                && (a.lanes().isEmpty() || a.lanes().stream().anyMatch(b.lanes()::contains));
    }
}
