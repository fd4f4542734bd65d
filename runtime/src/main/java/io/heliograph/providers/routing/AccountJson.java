package io.heliograph.providers.routing;

import io.heliograph.contract.Channel;
import io.heliograph.providers.routing.RoutingTable.Account;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** One account of the table in JSON. */
final class AccountJson {
    private AccountJson() {}

    static JsonObject write(Account account) {
        JsonObject json = new JsonObject()
                .put("name", account.name())
                .put("kind", account.kind().word())
                .put("channels", JsonLists.words(account.channels(), Channel::word))
                .put("senders", JsonLists.objects(account.senders().all(), AccountJson::write))
                .put("limits", write(account.limits()))
                .put("prices", write(account.prices()));
        return account.pushKey() == null ? json : json.put("push_key", account.pushKey());
    }

    static Account read(JsonObject json) {
        return new Account(
                JsonLists.text(json, "name"),
                ProviderKind.of(JsonLists.text(json, "kind")),
                JsonLists.words(json, "channels", Channel::of),
                new Senders(JsonLists.objects(json, "senders", AccountJson::sender)),
                limits(json.getJsonObject("limits")),
                prices(json.getJsonObject("prices")),
                json.getString("push_key"));
    }

    private static JsonObject write(SenderIdentity sender) {
        return new JsonObject()
                .put("address", sender.address())
                .put("channels", JsonLists.words(sender.channels(), Channel::word))
                .put("prefixes", new JsonArray(sender.prefixes()))
                .put("per_second", sender.perSecond())
                .put("account", sender.inbound().account())
                .put("provider_answers_keywords", sender.inbound().providerAnswers());
    }

    private static SenderIdentity sender(JsonObject json) {
        return new SenderIdentity(
                JsonLists.text(json, "address"),
                JsonLists.words(json, "channels", Channel::of),
                json.getJsonArray("prefixes").stream().map(String.class::cast).toList(),
                JsonLists.number(json, "per_second"),
                new SenderIdentity.Inbound(json.getString("account"), json.getBoolean("provider_answers_keywords")));
    }

    private static JsonObject write(AccountLimits limits) {
        return new JsonObject()
                .put("per_second", limits.perSecond())
                .put("concurrency", limits.concurrency())
                .put("timeout_ms", limits.timeout().toMillis())
                .put("batch", limits.batch());
    }

    private static AccountLimits limits(JsonObject json) {
        return new AccountLimits(
                JsonLists.number(json, "per_second"),
                json.getInteger("concurrency"),
                Duration.ofMillis(json.getLong("timeout_ms")),
                json.getInteger("batch"));
    }

    /** Prices are texts: JSON's numbers are not exact. */
    private static JsonObject write(PriceTable prices) {
        JsonObject byPrefix = new JsonObject();
        new TreeMap<>(prices.byPrefix()).forEach((prefix, price) -> byPrefix.put(prefix, price.toPlainString()));
        return new JsonObject()
                .put("currency", prices.currency())
                .put(
                        "default",
                        prices.otherwise() == null ? null : prices.otherwise().toPlainString())
                .put("by_prefix", byPrefix);
    }

    private static PriceTable prices(JsonObject json) {
        String otherwise = json.getString("default");
        Map<String, BigDecimal> byPrefix = new HashMap<>();
        json.getJsonObject("by_prefix")
                .forEach(price -> byPrefix.put(price.getKey(), new BigDecimal((String) price.getValue())));
        return new PriceTable(
                JsonLists.text(json, "currency"), otherwise == null ? null : new BigDecimal(otherwise), byPrefix);
    }
}
