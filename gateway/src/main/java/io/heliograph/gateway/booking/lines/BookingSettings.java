package io.heliograph.gateway.booking.lines;

import io.vertx.core.json.JsonObject;

/**
 * What an account has set for its booking conversation.
 *
 * @param contents the SIDs of Twilio's Content, by what it shows and how many choices it has
 */
public record BookingSettings(int daysAhead, JsonObject contents) {
    public static final int DAYS_AHEAD_USUAL = 30;
    public static final BookingSettings USUAL = new BookingSettings(DAYS_AHEAD_USUAL, new JsonObject());
}
