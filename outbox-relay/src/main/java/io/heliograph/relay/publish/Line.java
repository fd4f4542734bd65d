package io.heliograph.relay.publish;

/** What one account has waiting for one queue: its first is found without walking past anybody else's. */
record Line(QueueKey key, long account) {}
