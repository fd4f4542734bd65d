package io.heliograph.providers;

import java.time.Duration;

/**
 * When a provider is left alone, and when it is passed over because it is slow.
 *
 * @param failurePercent of the last calls that got no answer or found nobody. Defaults to 50.
 * @param calls how many calls are looked at, and how many there must be. Defaults to 20.
 * @param openFor how long it is left alone before it is tried with a few, or passed over. Defaults to 10 s.
 * @param slowCall what takes longer than that is slow. Defaults to half of a call's timeout.
 * @param slowPercent of the last calls that were slow. Defaults to 50.
 */
public record Breaker(int failurePercent, int calls, Duration openFor, Duration slowCall, int slowPercent) {}
