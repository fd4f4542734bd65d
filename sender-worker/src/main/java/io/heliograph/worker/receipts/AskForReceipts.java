package io.heliograph.worker.receipts;

import io.heliograph.worker.provider.ReceiptSource;
import io.heliograph.worker.provider.ReceiptSource.Told;
import io.heliograph.worker.receipts.ReceiptStore.Overdue;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one provider about messages whose receipt is overdue, one after the other, and stores what it says beside the receipts; the
 * gateways apply it as they apply those. A message that is still on its way is asked for again at growing intervals, until it is given up:
 * there are carriers that never report. Where nobody can be asked, what is overdue is counted, and stays as it is.
 */
public final class AskForReceipts {
    /** Who is asked, under which names, and when; {@code source} null: nobody can be. */
    public record Account(
            String name,
            String kind,
            Duration receiptAfter,
            @Nullable ReceiptSource source) {}

    /** With a round a second, what one worker asks a provider in a second at the most; the fleet's limit holds for it too. */
    public static final int LOOK_UPS_A_ROUND_MAX = 10;

    private static final int COUNTED_A_ROUND_MAX = 1_000;

    private static final Logger log = LoggerFactory.getLogger(AskForReceipts.class);
    private static final int LOOK_UPS_MAX = 8;
    private static final Duration PAUSE_MAX = Duration.ofDays(1);
    private static final Duration AGE_MAX = Duration.ofDays(4);
    /** After it could not be asked. */
    private static final Duration REST = Duration.ofMinutes(1);

    private static final long ANSWER_SECONDS_MAX = 10;

    private final Account account;
    private final ReceiptStore store;
    private final ReceiptStore.Terms terms;
    private final ReceiptMeters meters;
    private final BooleanSupplier leftAlone;

    /** Asks nothing while the provider is left alone, or its messages lack slots. */
    public AskForReceipts(Account account, ReceiptStore store, ReceiptMeters meters, BooleanSupplier leftAlone) {
        this.account = account;
        this.store = store;
        int lookUpsMax = account.source() == null ? 0 : LOOK_UPS_MAX;
        this.terms = new ReceiptStore.Terms(account.receiptAfter(), PAUSE_MAX, lookUpsMax, AGE_MAX);
        this.meters = meters;
        this.leftAlone = leftAlone;
    }

    /** One round; answers how many it asked for, or counted. */
    public int runOnce() throws TimeoutException {
        ReceiptSource source = account.source();
        if (source == null) {
            int missing = take(COUNTED_A_ROUND_MAX).size();
            meters.missing(account.name(), missing);
            return missing;
        }
        return isInTheWay(source) ? 0 : askAll(source);
    }

    private int askAll(ReceiptSource source) throws TimeoutException {
        List<Overdue> taken = take(LOOK_UPS_A_ROUND_MAX);
        List<Overdue> asked = taken.stream().filter(Overdue::asked).toList();
        meters.givenUp(account.name(), taken.size() - asked.size());
        for (int i = 0; i < asked.size(); i++) {
            if (isInTheWay(source) || !ask(source, asked.get(i))) {
                giveBack(asked.subList(i, asked.size()));
                return i;
            }
        }
        return asked.size();
    }

    /** The provider is left alone, or messages need the slots that a question would take. */
    private boolean isInTheWay(ReceiptSource source) {
        return leftAlone.getAsBoolean() || source.hasToWait();
    }

    private List<Overdue> take(int messagesMax) throws TimeoutException {
        return store.take(account.name(), messagesMax, terms).await(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** Answers false when it could not be asked. */
    private boolean ask(ReceiptSource source, Overdue overdue) throws TimeoutException {
        return switch (source.receiptOf(Objects.requireNonNull(overdue.providerMessageId()), null)) {
            case Told.Status told -> {
                boolean news = store.store(account.kind(), overdue, told).await(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
                meters.count(account.name(), news ? "news" : "nothing_new");
                yield true;
            }
            case Told.NotFound _ -> {
                meters.count(account.name(), "not_found");
                yield true;
            }
            case Told.Unavailable(String cause) -> {
                meters.count(account.name(), "unavailable");
                log.atInfo()
                        .addKeyValue("provider", account.name())
                        .addKeyValue("cause", cause)
                        .log("Could not ask for a receipt");
                yield false;
            }
        };
    }

    private void giveBack(List<Overdue> asked) throws TimeoutException {
        Void _ = store.giveBack(asked.stream().map(Overdue::messageId).toList(), REST)
                .await(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }
}
