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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one provider about messages whose receipt is overdue, one after the other, and stores what it says beside the receipts; the
 * gateways apply it as they apply those. A message that is still on its way is asked for again at growing intervals, until it is given up:
 * there are carriers that never report.
 */
public final class AskForReceipts {
    /** Who is asked, under which names, and when. */
    public record Account(String name, String kind, Duration receiptAfter, ReceiptSource source) {}

    /** With a round a second, what one worker asks a provider in a second. */
    public static final int LOOK_UPS_A_ROUND_MAX = 10;

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

    /** Asks nothing while the provider is left alone. */
    public AskForReceipts(Account account, ReceiptStore store, ReceiptMeters meters, BooleanSupplier leftAlone) {
        this.account = account;
        this.store = store;
        this.terms = new ReceiptStore.Terms(account.receiptAfter(), PAUSE_MAX, LOOK_UPS_MAX, AGE_MAX);
        this.meters = meters;
        this.leftAlone = leftAlone;
    }

    /** One round; answers how many it asked for. */
    public int runOnce() throws TimeoutException {
        if (leftAlone.getAsBoolean()) {
            return 0;
        }
        List<Overdue> taken =
                store.take(account.name(), LOOK_UPS_A_ROUND_MAX, terms).await(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        taken.stream().filter(overdue -> !overdue.asked()).forEach(_ -> meters.givenUp(account.name(), 1));
        List<Overdue> asked = taken.stream().filter(Overdue::asked).toList();
        for (int i = 0; i < asked.size(); i++) {
            if (leftAlone.getAsBoolean() || !ask(asked.get(i))) {
                giveBack(asked.subList(i, asked.size()));
                return i;
            }
        }
        return asked.size();
    }

    /** Answers false when it could not be asked. */
    private boolean ask(Overdue overdue) throws TimeoutException {
        return switch (account.source().receiptOf(Objects.requireNonNull(overdue.providerMessageId()))) {
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
