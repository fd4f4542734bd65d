package io.heliograph.gateway.accounts;

import java.util.Arrays;
import java.util.List;

/** What an API key may do. */
public enum Scope {
    MESSAGES_WRITE("messages:write"),
    MESSAGES_READ("messages:read"),
    /** To be told how somebody can be reached who has agreed to that: each time is noted. */
    CONTACTS_REVEAL("contacts:reveal"),
    ADMIN("admin");

    public static final List<String> WORDS =
            Arrays.stream(values()).map(Scope::word).toList();

    private final String word;

    Scope(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** Throws {@link IllegalArgumentException} on a word that is none. */
    public static Scope of(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Scopes are: " + String.join(", ", WORDS)));
    }
}
