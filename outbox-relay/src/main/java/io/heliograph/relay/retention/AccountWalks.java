package io.heliograph.relay.retention;

import io.vertx.sqlclient.Pool;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets, account by account, what is kept for less long than the days that it lies in. */
public final class AccountWalks {
    private static final Logger log = LoggerFactory.getLogger(AccountWalks.class);
    /** Some tens of milliseconds. */
    private static final int MESSAGES_MAX = 1_000;

    private final AccountWalkStore store;
    private final RetentionMeters meters;
    private final int messagesMax;

    public AccountWalks(Pool pool, RetentionMeters meters) {
        this(pool, meters, MESSAGES_MAX);
    }

    AccountWalks(Pool pool, RetentionMeters meters, int messagesMax) {
        this.store = new AccountWalkStore(pool);
        this.meters = meters;
        this.messagesMax = messagesMax;
    }

    /** Begins for accounts that have shortened something; answers how many walks that makes. */
    public int begin() throws TimeoutException {
        return store.begin();
    }

    /** Texts and numbers in messages that stay. */
    public int content() throws TimeoutException {
        return messages(AccountKind.CONTENT, "message_content");
    }

    /** Messages in days that stay. */
    public int rows() throws TimeoutException {
        return messages(AccountKind.ROW, "message");
    }

    /** Events in days that stay. */
    public int events() throws TimeoutException {
        AccountWalkStore.Step step = store.forgetEvents(messagesMax);
        tell("event", step.forgotten());
        return step.lookedAt();
    }

    /** Answers how much it looked at; 0 lets it rest. */
    private int messages(AccountKind kind, String word) throws TimeoutException {
        AccountWalkStore.Step walked = store.walk(kind, messagesMax);
        AccountWalkStore.Step late = store.late(kind, messagesMax);
        tell(word, walked.forgotten() + late.forgotten());
        return walked.lookedAt() + late.lookedAt();
    }

    private void tell(String kind, int rows) {
        if (rows > 0) {
            meters.forgot(kind, rows);
            log.atInfo()
                    .addKeyValue("kind", kind)
                    .addKeyValue("rows", rows)
                    .log("Forgot what is too old for its account");
        }
    }
}
