package io.heliograph.worker.limits;

import org.jspecify.annotations.Nullable;

/**
 * A moment at which messages may leave, from a sender if the provider's senders are limited. After {@code lastNanos} it is
 * missed.
 */
public record Slot(long nanos, long lastNanos, @Nullable String sender) {}
