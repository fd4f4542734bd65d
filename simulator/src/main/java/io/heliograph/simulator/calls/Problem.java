package io.heliograph.simulator.calls;

/** Why a call is refused, as a provider says it: HTTP status, the provider's own code or 0, and words for people. */
public record Problem(int status, int code, String message) {}
