package io.heliograph.gateway.sos.telling;

import io.heliograph.gateway.notifications.consents.Purpose;

/**
 * What donors have to have said to be asked by SMS: for whoever chooses among them.
 *
 * @param category which they may have switched off, or on
 * @param purpose which they may have agreed to, or withdrawn
 * @param needsYes whether nobody is asked who has said neither
 */
public record Consent(String category, Purpose purpose, boolean needsYes) {}
