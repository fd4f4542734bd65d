package io.heliograph.gateway.accounts;

import java.util.Set;

/** Whose API key a request carries, and what that key may do. */
public record Caller(long accountId, Set<Scope> scopes) {}
