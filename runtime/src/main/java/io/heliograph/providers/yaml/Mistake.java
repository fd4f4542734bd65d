package io.heliograph.providers.yaml;

/** Something in the file that has to be mended. Quotes no value, as it may be a secret in the wrong place. */
public record Mistake(int line, String what) {}
