package io.heliograph.providers;

import java.util.Map;

/**
 * How messages are tried again: the message's own wish before that of its account, and that before what is usual.
 *
 * @param byAccount by the names of customer accounts; the others have no wish of their own
 */
public record Retries(Retry usual, Map<String, RetryWish> byAccount) {
    public Retries {
        byAccount = Map.copyOf(byAccount);
    }

    public Retry of(String account, RetryWish own) {
        return own.over(byAccount.getOrDefault(account, RetryWish.NONE).over(usual));
    }
}
