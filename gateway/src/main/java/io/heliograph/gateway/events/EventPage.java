package io.heliograph.gateway.events;

import io.heliograph.events.EventPosition;
import io.vertx.sqlclient.Row;
import java.util.List;

/**
 * Some of an account's events, in order.
 *
 * @param next everything up to here was looked at
 * @param caughtUp whether that is all there is so far
 * @param gap whether something that came after the position that was asked for may be missing
 */
public record EventPage(List<Row> rows, EventPosition next, boolean caughtUp, boolean gap) {}
