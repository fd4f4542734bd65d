package io.heliograph.providers.file;

import io.heliograph.contract.Channel;
import io.heliograph.providers.Breaker;
import io.heliograph.providers.KindSettings;
import io.heliograph.providers.ProviderAccount;
import io.heliograph.providers.routing.AccountLimits;
import io.heliograph.providers.routing.PriceTable;
import io.heliograph.providers.routing.ProviderKind;
import io.heliograph.providers.yaml.Nearest;
import io.heliograph.providers.yaml.YamlMapping;
import io.heliograph.providers.yaml.YamlValue;
import io.heliograph.runtime.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one account. */
final class AccountReader {
    private static final String NAME = "[a-z0-9_-]{1,32}";

    /** Says that nobody carries a channel. */
    private static final String NOBODY = "none";

    private static final int CONCURRENCY_DEFAULT = 64;
    private static final int CONCURRENCY_MAX = 10_000;
    private static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(10);

    /** Where an account is never asked about a message whose receipt does not come. */
    private static final String NEVER = "never";

    private static final Duration RECEIPT_AFTER_DEFAULT = Duration.ofHours(1);
    private static final Duration RECEIPT_AFTER_MIN = Duration.ofSeconds(1);
    private static final Duration RECEIPT_AFTER_MAX = Duration.ofDays(1);

    private final Duration timeoutMax;

    AccountReader(Duration timeoutMax) {
        this.timeoutMax = timeoutMax;
    }

    /** Null when nobody can tell what kind it is. */
    @Nullable
    ProviderAccount read(String name, YamlMapping providers) {
        YamlMapping account = providers.at(name).mapping();
        // Promises that are not routed yet have the channel's word where the others have the account's name.
        if (!name.matches(NAME) || name.equals(NOBODY) || Channel.WORDS.contains(name)) {
            providers.mistakeAt(
                    name,
                    "is not a name: wants 1 to 32 of a-z, 0-9, _ and -, but not none, "
                            + String.join(", ", Channel.WORDS));
        }
        if (!providers.at(name).isMapping()) {
            return null;
        }
        ProviderKind kind = kind(account.at("kind"));
        if (kind == null) {
            readWhatAllHave(account);
            return null;
        }
        Set<Channel> channels = Words.channels(account.at("channels"), kind.channels(), "kind " + kind.word());
        KindSettings settings = KindReader.read(kind, account);
        AccountLimits limits = limits(account, kind.batchDefault(), kind.batchMax());
        ProviderAccount read = new ProviderAccount(
                name,
                settings,
                channels,
                SendersReader.read(account, channels, settings),
                limits,
                breaker(account.child("breaker"), limits.timeout()),
                prices(account.child("prices")),
                receiptAfter(kind, account));
        account.refuseOtherKeys();
        return read;
    }

    /** Of one that is misspelt the one that was probably meant, so that all else that is wrong with the account is told at once. */
    private static @Nullable ProviderKind kind(YamlValue kind) {
        String word = kind.requiredText();
        if (word.isEmpty()) {
            return null;
        }
        ProviderKind written = kind.word(ProviderKind.WORDS, ProviderKind::of);
        String meant = written == null ? Nearest.to(word, ProviderKind.WORDS) : null;
        return meant == null ? written : ProviderKind.of(meant);
    }

    /** For its mistakes, where nobody can tell which kind was meant. */
    private void readWhatAllHave(YamlMapping account) {
        Set<Channel> _ = Words.channels(account.at("channels"), EnumSet.allOf(Channel.class), "any kind");
        AccountLimits limits = limits(account, 1, ProviderKind.BATCH_MAX);
        Breaker _ = breaker(account.child("breaker"), limits.timeout());
        PriceTable _ = prices(account.child("prices"));
    }

    /** The two that most files set may also stand beside the credentials. */
    private AccountLimits limits(YamlMapping account, int batchDefault, int batchMax) {
        YamlMapping limits = account.child("limits");
        for (String key : new String[] {"concurrency", "timeout"}) {
            if (account.has(key) && limits.has(key)) {
                account.mistakeAt(key, "is given in limits too");
            }
        }
        AccountLimits read = new AccountLimits(
                limits.at("per_second").perSecond(),
                limits.at("concurrency")
                        .integer(
                                account.at("concurrency").integer(CONCURRENCY_DEFAULT, 1, CONCURRENCY_MAX),
                                1,
                                CONCURRENCY_MAX),
                timeout(account.at("timeout"), limits.at("timeout")),
                limits.at("batch").integer(batchDefault, 1, batchMax));
        limits.refuseOtherKeys();
        return read;
    }

    /** A longer one would be cut off before it ends, and what is slow would not be seen for it. */
    private Duration timeout(YamlValue beside, YamlValue inLimits) {
        YamlValue given = inLimits.isGiven() ? inLimits : beside;
        Duration usual = TIMEOUT_DEFAULT.compareTo(timeoutMax) < 0 ? TIMEOUT_DEFAULT : timeoutMax;
        Duration timeout = inLimits.duration(beside.duration(usual));
        if (timeout.compareTo(timeoutMax) <= 0) {
            return timeout;
        }
        given.mistake("wants at most " + Durations.write(timeoutMax) + ", a quarter of HELIOGRAPH_LEASE");
        return timeoutMax;
    }

    private static Breaker breaker(YamlMapping breaker, Duration timeout) {
        Breaker read = new Breaker(
                breaker.at("failure_percent").integer(50, 1, 100),
                breaker.at("calls").integer(20, 1, 10_000),
                breaker.at("open_for").duration(Duration.ofSeconds(10)),
                breaker.at("slow_call").duration(timeout.dividedBy(2)),
                breaker.at("slow_percent").integer(50, 1, 100));
        if (read.slowCall().compareTo(timeout) >= 0) {
            breaker.at("slow_call")
                    .mistake("wants a duration shorter than the timeout of a call, " + Durations.write(timeout));
        }
        breaker.refuseOtherKeys();
        return read;
    }

    private static @Nullable Duration receiptAfter(ProviderKind kind, YamlMapping account) {
        String key = "receipt_after";
        if (!account.at(key).isGiven()) {
            return kind.hasReceipts() ? RECEIPT_AFTER_DEFAULT : null;
        }
        if (NEVER.equals(account.at(key).text())) {
            return null;
        }
        Duration after = account.at(key).duration(RECEIPT_AFTER_DEFAULT);
        if (!kind.hasReceipts()) {
            account.mistakeAt(key, "wants never: kind " + kind.word() + " has no receipts");
        } else if (after.compareTo(RECEIPT_AFTER_MIN) < 0 || after.compareTo(RECEIPT_AFTER_MAX) > 0) {
            account.mistakeAt(
                    key,
                    "wants never, or a duration from " + Durations.write(RECEIPT_AFTER_MIN) + " to "
                            + Durations.write(RECEIPT_AFTER_MAX));
        }
        return after;
    }

    private static PriceTable prices(YamlMapping prices) {
        if (prices.keys().isEmpty()) {
            return PriceTable.NONE;
        }
        String currency = prices.at("currency").requiredText();
        if (!currency.isEmpty() && !currency.matches("[A-Z]{3}")) {
            prices.at("currency").mistake("wants three letters, such as EUR");
        }
        Map<String, BigDecimal> byPrefix = new HashMap<>();
        for (String key : prices.keys()) {
            if (Words.isPrefix(key)) {
                BigDecimal price = requiredPrice(prices.at(key));
                if (price != null && byPrefix.put(Words.withPlus(key), price) != null) {
                    prices.mistakeAt(key, "is given twice, with + and without");
                }
            }
        }
        PriceTable read = new PriceTable(currency, prices.at("default").price(), byPrefix);
        prices.refuseOtherKeys(" and the beginnings of numbers, such as +91");
        return read;
    }

    private static @Nullable BigDecimal requiredPrice(YamlValue value) {
        return value.requiredText().isEmpty() ? null : value.price();
    }
}
