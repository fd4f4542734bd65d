package io.heliograph.simulator.calls;

/** A message that a call asks for: to whom, as the caller wrote it and in E.164, and what. Not valid when it is no number. */
public record Wanted(String given, String to, String body, boolean valid) {}
