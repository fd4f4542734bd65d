package io.heliograph.worker.delivery;

import io.heliograph.contract.ReceiptKey;
import io.heliograph.worker.ledger.Claims.ToSend;
import io.heliograph.worker.provider.Provider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Puts messages together in as few calls as the provider allows, in the order in which they came. */
final class Calls {
    private record Person(Object callKey, String number) {}

    /**
     * What the messages of a call have in common; each is the so-many-th that is alike to its person. {@code account} is
     * null where any will do.
     */
    private record Shared(Object callKey, @Nullable Long account, int nth) {}

    private Calls() {}

    /**
     * A call never has the same number twice: providers would send to it once, and the receipts of such a call are told
     * apart by the number. Messages of a limited customer account have calls of their own, as large as
     * {@code accountSizes} says; null for no limit.
     */
    static List<List<ToSend>> of(
            List<ToSend> claimed, Provider provider, LongFunction<@Nullable Integer> accountSizes) {
        Map<Shared, List<ToSend>> together = new LinkedHashMap<>();
        Map<Person, Integer> alike = new HashMap<>();
        for (ToSend one : claimed) {
            Object key = provider.callKey(one.outgoing());
            int nth = alike.merge(new Person(key, number(one)), 1, Integer::sum);
            long account = one.outgoing().account();
            Long own = accountSizes.apply(account) == null ? null : account;
            together.computeIfAbsent(new Shared(key, own, nth), _ -> new ArrayList<>())
                    .add(one);
        }
        List<List<ToSend>> calls = new ArrayList<>();
        together.forEach((shared, part) -> {
            Integer size = shared.account() == null ? null : accountSizes.apply(shared.account());
            split(part, size == null ? provider.callSizeMax() : Math.min(size, provider.callSizeMax()), calls);
        });
        return calls;
    }

    private static String number(ToSend one) {
        String recipient = one.outgoing().recipient();
        return recipient.indexOf('@') < 0 ? ReceiptKey.tail(recipient) : recipient;
    }

    private static void split(List<ToSend> part, int sizeMax, List<List<ToSend>> calls) {
        for (int from = 0; from < part.size(); from += sizeMax) {
            calls.add(part.subList(from, from + Math.min(part.size() - from, sizeMax)));
        }
    }
}
