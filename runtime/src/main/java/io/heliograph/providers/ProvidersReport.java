package io.heliograph.providers;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.providers.Retry.Jitter;
import io.heliograph.providers.routing.AccountLimits;
import io.heliograph.providers.routing.FleetLimits;
import io.heliograph.providers.routing.PriceTable;
import io.heliograph.providers.routing.Route;
import io.heliograph.providers.routing.Route.Leg;
import io.heliograph.providers.routing.Route.Policy;
import io.heliograph.providers.routing.SenderIdentity;
import io.heliograph.runtime.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is in force, for a person to read. Secrets are {@code configured}. */
public record ProvidersReport(Providers providers) {
    private static final String INDENT = "  ";

    public String text() {
        return Stream.of(version(), accounts(), routes(), limits(), retry())
                .flatMap(Collection::stream)
                .collect(Collectors.joining("\n"));
    }

    private List<String> version() {
        return List.of(
                providers.version() == 0
                        ? "No version: it replaces whatever else has none"
                        : "Version " + providers.version() + ": it replaces what has no higher one");
    }

    private List<String> accounts() {
        return Stream.concat(
                        Stream.of("Accounts"),
                        providers.accounts().values().stream().flatMap(this::account))
                .toList();
    }

    private Stream<String> account(ProviderAccount account) {
        String inner = INDENT.repeat(2);
        return Stream.of(
                        INDENT + account.name() + ": kind " + account.kind().word() + ", carries "
                                + words(account.channels()),
                        inner + "limits: " + limits(account),
                        settings(account).isEmpty() ? "" : inner + settings(account),
                        senders(account).isEmpty() ? "" : inner + "senders: " + senders(account),
                        inner + "prices: " + prices(account.prices()),
                        inner + breaker(account.breaker()),
                        receipts(account).isEmpty() ? "" : inner + receipts(account),
                        isRouted(account) ? "" : inner + "in no route: nothing goes there")
                .filter(line -> !line.isEmpty());
    }

    private static String breaker(Breaker breaker) {
        return "left alone for " + Durations.write(breaker.openFor()) + " when " + breaker.failurePercent() + "% of "
                + breaker.calls() + " calls fail, passed over when " + breaker.slowPercent() + "% take longer than "
                + Durations.write(breaker.slowCall());
    }

    private static String receipts(ProviderAccount account) {
        Duration after = account.receiptAfter();
        if (after == null) {
            return "";
        }
        return (account.kind().canBeAskedForReceipts() ? "asked for" : "nobody can be asked, only counted:")
                + " a receipt that has not come after " + Durations.write(after);
    }

    private boolean isRouted(ProviderAccount account) {
        return providers.routes().stream()
                .flatMap(route -> route.legs().stream())
                .anyMatch(leg -> leg.provider().equals(account.name()));
    }

    private static String settings(ProviderAccount account) {
        return account.settings().shown().entrySet().stream()
                .map(setting -> setting.getKey() + ": " + setting.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String limits(ProviderAccount account) {
        AccountLimits limits = account.limits();
        return rate(limits.perSecond()) + "; calls at once: " + limits.concurrency() + "; time of a call: "
                + Durations.write(limits.timeout()) + "; recipients of a call: " + batch(account);
    }

    /** A call that carries many would take all of their slots at once, so a limit leaves few of them. */
    private static String batch(ProviderAccount account) {
        int batch = account.limits().batch();
        Double perSecond = account.limits().perSecond();
        boolean isBySender = account.senders().all().stream().anyMatch(sender -> sender.perSecond() != null);
        if (batch == 1 || (perSecond == null && !isBySender)) {
            return Integer.toString(batch);
        }
        int callSize = isBySender || perSecond == null ? 1 : AccountLimits.callSizeMax(perSecond);
        return callSize >= batch
                ? Integer.toString(batch)
                : callSize + " (up to " + batch + " without the limit of " + (isBySender ? "a sender" : rate(perSecond))
                        + ")";
    }

    private static String senders(ProviderAccount account) {
        return account.senders().all().stream().map(ProvidersReport::sender).collect(Collectors.joining(", "));
    }

    private static String sender(SenderIdentity sender) {
        String to = sender.prefixes().isEmpty() ? "" : " to " + String.join(" ", sender.prefixes());
        String limit = sender.perSecond() == null ? "" : ", " + rate(sender.perSecond());
        return sender.address() + " (" + words(sender.channels()) + to + limit + ")";
    }

    private static String prices(PriceTable prices) {
        if (prices.isEmpty()) {
            return "none";
        }
        BigDecimal otherwise = prices.otherwise();
        return prices.byPrefix().size() + " by prefix, "
                + (otherwise == null ? "no default" : "default " + otherwise.toPlainString()) + ", in "
                + prices.currency();
    }

    private List<String> routes() {
        Stream<String> found = providers.routes().stream().map(ProvidersReport::route);
        Stream<String> missing = Arrays.stream(Channel.values())
                .filter(channel -> providers.routes().stream().noneMatch(route -> route.channel() == channel))
                .map(channel -> INDENT + channel.word() + ": no route, its messages fail with no_provider");
        return Stream.of(Stream.of("Routes, of which the first that fits is taken"), found, missing)
                .flatMap(lines -> lines)
                .toList();
    }

    private static String route(Route route) {
        String to = route.prefix().isEmpty() ? "" : " to " + route.prefix();
        String lanes = route.lanes().isEmpty()
                ? ""
                : " in " + new TreeSet<>(route.lanes()).stream().map(Lane::word).collect(Collectors.joining(", "));
        return INDENT + route.channel().word() + to + lanes + ": "
                + route.policy().word() + " " + legs(route);
    }

    private static String legs(Route route) {
        return route.legs().stream()
                .map(leg -> route.policy() == Policy.WEIGHTED ? weighted(leg) : leg.provider())
                .collect(Collectors.joining(", "));
    }

    private static String weighted(Leg leg) {
        return leg.provider() + " (" + leg.weight() + ")";
    }

    private List<String> limits() {
        FleetLimits limits = providers.limits();
        FleetLimits.PerRecipient recipient = limits.recipient();
        String own = new TreeMap<>(limits.perSecondByAccount())
                .entrySet().stream()
                        .map(limit -> ", " + limit.getKey() + " " + rate(limit.getValue()))
                        .collect(Collectors.joining());
        return List.of(
                "Limits",
                INDENT + "a recipient: "
                        + (recipient == null
                                ? "no limit"
                                : recipient.count() + " messages in " + Durations.write(recipient.per())),
                INDENT + "a customer account: " + rate(limits.defaultPerSecond()) + own);
    }

    private List<String> retry() {
        Retries retries = providers.retry();
        Stream<String> own = new TreeMap<>(retries.byAccount())
                .entrySet().stream()
                        .map(wish -> INDENT + wish.getKey() + ": "
                                + retry(wish.getValue().over(retries.usual())));
        return Stream.concat(Stream.of("Retries", INDENT + retry(retries.usual())), own)
                .toList();
    }

    private static String retry(Retry retry) {
        String upTo = retry.jitter() == Jitter.FULL ? "up to " : "exactly ";
        return retry.attemptsMax() + " attempts, pauses of " + upTo + Durations.write(retry.base()) + ", doubled up to "
                + Durations.write(retry.cap());
    }

    private static String rate(@Nullable Double perSecond) {
        return perSecond == null
                ? "no limit"
                : BigDecimal.valueOf(perSecond).stripTrailingZeros().toPlainString() + "/s";
    }

    private static String words(Set<Channel> channels) {
        return new TreeSet<>(channels).stream().map(Channel::word).collect(Collectors.joining(", "));
    }
}
