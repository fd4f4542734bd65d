package io.heliograph.torture.audit;

import java.util.List;

/** Something that must not be, with all that is known about it. */
public record Finding(String what, List<String> evidence) {}
