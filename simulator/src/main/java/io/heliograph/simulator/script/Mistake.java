package io.heliograph.simulator.script;

/** What is wrong in a script, and where, as a JSON pointer. */
public record Mistake(String pointer, String what) {}
