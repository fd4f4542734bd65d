package io.heliograph.providers;

import java.time.Duration;

/**
 * When a provider is left alone.
 *
 * @param failurePercent of the last calls that got no answer or found nobody. Defaults to 50.
 * @param calls how many calls are looked at, and how many there must be. Defaults to 20.
 * @param openFor how long it is left alone before it is tried with a few. Defaults to 10 s.
 */
public record Breaker(int failurePercent, int calls, Duration openFor) {}
