package io.heliograph.bench.load;

import java.time.Duration;

/** What to do to the server at this port. */
public record Load(int port, Requests requests, int connections, Pace pace, Duration duration) {}
