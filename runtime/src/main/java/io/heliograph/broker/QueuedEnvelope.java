package io.heliograph.broker;

import io.heliograph.contract.Envelope;

/** An envelope and the queue that it belongs on. */
public record QueuedEnvelope(String queue, Envelope envelope) {}
