package io.heliograph.providers.routing;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.providers.routing.FleetLimits.PerRecipient;
import io.heliograph.providers.routing.Route.Leg;
import io.heliograph.providers.routing.Route.Policy;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The table as JSON. The same table is always the same text, so that texts can be compared. Keys that are not known are
 * passed over, so that an older process understands the table of a newer one as long as it knows its words.
 */
public final class RoutingTableJson {
    private static final int VERSION = 1;

    private RoutingTableJson() {}

    public static JsonObject write(RoutingTable table) {
        return new JsonObject()
                .put("v", VERSION)
                .put("accounts", JsonLists.objects(table.accounts(), AccountJson::write))
                .put("routes", JsonLists.objects(table.routes(), RoutingTableJson::write))
                .put("limits", write(table.limits()));
    }

    /** Throws {@link IllegalArgumentException} on anything that {@link #write} cannot have written. */
    public static RoutingTable read(JsonObject json) {
        try {
            if (!Integer.valueOf(VERSION).equals(json.getInteger("v"))) {
                throw new IllegalArgumentException("Unknown version of the routing table");
            }
            return new RoutingTable(
                    JsonLists.objects(json, "accounts", AccountJson::read),
                    JsonLists.objects(json, "routes", RoutingTableJson::route),
                    limits(json.getJsonObject("limits")));
        } catch (ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException("Not a routing table", e);
        }
    }

    private static JsonObject write(Route route) {
        return new JsonObject()
                .put("channel", route.channel().word())
                .put("prefix", route.prefix())
                .put("lanes", JsonLists.words(route.lanes(), Lane::word))
                .put("policy", route.policy().word())
                .put(
                        "providers",
                        JsonLists.objects(
                                route.legs(),
                                leg -> new JsonObject()
                                        .put("name", leg.provider())
                                        .put("weight", leg.weight())));
    }

    private static Route route(JsonObject json) {
        return new Route(
                Channel.of(JsonLists.text(json, "channel")),
                JsonLists.text(json, "prefix"),
                JsonLists.words(json, "lanes", Lane::of),
                Policy.of(JsonLists.text(json, "policy")),
                JsonLists.objects(
                        json, "providers", leg -> new Leg(JsonLists.text(leg, "name"), leg.getInteger("weight"))));
    }

    private static JsonObject write(FleetLimits limits) {
        PerRecipient recipient = limits.recipient();
        JsonObject perSecond = new JsonObject();
        new TreeMap<>(limits.perSecondByAccount()).forEach(perSecond::put);
        return new JsonObject()
                .put(
                        "recipient",
                        recipient == null
                                ? null
                                : new JsonObject()
                                        .put("count", recipient.count())
                                        .put("per_ms", recipient.per().toMillis()))
                .put("default_per_second", limits.defaultPerSecond())
                .put("per_second", perSecond);
    }

    private static FleetLimits limits(JsonObject json) {
        Map<String, Double> perSecond = new HashMap<>();
        json.getJsonObject("per_second")
                .forEach(limit -> perSecond.put(limit.getKey(), ((Number) limit.getValue()).doubleValue()));
        return new FleetLimits(
                recipient(json.getJsonObject("recipient")), JsonLists.number(json, "default_per_second"), perSecond);
    }

    private static @Nullable PerRecipient recipient(@Nullable JsonObject json) {
        return json == null
                ? null
                : new PerRecipient(json.getInteger("count"), Duration.ofMillis(json.getLong("per_ms")));
    }
}
