package io.heliograph.torture.strike;

import java.time.Duration;

/** A blow, and how long it took until the victim did its work again, once all that it needs was there. */
public record Survived(Strike strike, Duration recovery) {}
