package io.heliograph.gateway.callbacks.inbound;

import org.jspecify.annotations.Nullable;

/**
 * A number of ours, as the file of providers has it.
 *
 * @param owner the customer account that it belongs to; null when nobody said
 * @param topic of messages that are sent from it
 * @param providerAnswers whether the provider answers STOP, START and HELP in text messages itself
 */
record OwnNumber(@Nullable String owner, String topic, boolean providerAnswers) {}
