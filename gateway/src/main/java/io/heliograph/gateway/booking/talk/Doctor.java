package io.heliograph.gateway.booking.talk;

/** Somebody whom one can see. {@code specialisation} is as the account writes it; {@code kind} is what symptoms lead to. */
public record Doctor(String id, String name, String specialisation, String kind) {}
