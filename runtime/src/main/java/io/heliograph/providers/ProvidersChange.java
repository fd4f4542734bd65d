package io.heliograph.providers;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is different in a newer file of providers, in words that may be logged: it names settings and no values. */
public record ProvidersChange(List<String> words) {
    public ProvidersChange {
        words = List.copyOf(words);
    }

    public static ProvidersChange between(Providers before, Providers after) {
        List<String> words = new ArrayList<>();
        after.accounts().forEach((name, account) -> {
            ProviderAccount old = before.accounts().get(name);
            if (old == null) {
                words.add(name + " added");
            } else if (!old.equals(account)) {
                words.add(name + ": " + String.join(", ", parts(old, account)));
            }
        });
        before.accounts().keySet().stream()
                .filter(name -> !after.accounts().containsKey(name))
                .forEach(name -> words.add(name + " removed"));
        addIf(words, "routes", before.routes(), after.routes());
        addIf(words, "limits", before.limits(), after.limits());
        addIf(words, "retry", before.retry(), after.retry());
        addIf(words, "version", before.version(), after.version());
        return new ProvidersChange(words);
    }

    private static List<String> parts(ProviderAccount before, ProviderAccount after) {
        List<String> parts = new ArrayList<>();
        addIf(parts, "credentials and settings", before.settings(), after.settings());
        addIf(parts, "channels", before.channels(), after.channels());
        addIf(parts, "senders", before.senders(), after.senders());
        addIf(parts, "limits", before.limits(), after.limits());
        addIf(parts, "breaker", before.breaker(), after.breaker());
        addIf(parts, "prices", before.prices(), after.prices());
        addIf(parts, "receipt_after", before.receiptAfter(), after.receiptAfter());
        return parts;
    }

    private static void addIf(List<String> words, String word, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            words.add(word);
        }
    }
}
