package io.heliograph.gateway.accounts;

import java.util.Set;

/** Whose API key a request carries, and what that key may do. */
public record Caller(long accountId, Set<Scope> scopes) {
    /** Whether it may see whom messages went to and what they say. To others numbers and addresses are masked. */
    public boolean mayRead() {
        return scopes.contains(Scope.MESSAGES_READ);
    }
}
