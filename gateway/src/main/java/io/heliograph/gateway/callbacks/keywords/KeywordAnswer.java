package io.heliograph.gateway.callbacks.keywords;

/** What is sent back, and how many parts it has as an SMS; empty for nothing. */
public record KeywordAnswer(String text, short segments, String encoding) {}
