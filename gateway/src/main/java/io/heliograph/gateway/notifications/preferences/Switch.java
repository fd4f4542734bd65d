package io.heliograph.gateway.notifications.preferences;

/** What a user can switch on and off. Both are the words of answers and of the table. */
record Switch(String category, String channel) {}
