package io.heliograph.standalone.commands;

import java.io.Console;
import java.util.Set;

/** Colours what became of something, for an eye at a terminal; for whatever else reads, it is plain text. */
public record Paint(boolean isOn) {
    private static final Set<String> GOOD = Set.of("accepted", "delivered", "read", "sent");
    private static final Set<String> WAITING =
            Set.of("skipped", "deferred", "held", "queued", "scheduled", "sending", "publishing", "unknown");

    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String RED = "\u001b[31m";
    private static final String BOLD = "\u001b[1m";
    private static final String OFF = "\u001b[0m";

    /** By the convention of NO_COLOR, whoever sets it gets none. */
    @SuppressWarnings("SystemConsoleNull") // It is null where the output goes elsewhere, whatever the JDK's notes say.
    public static Paint ofTerminal() {
        boolean isWanted = System.getenv().getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(System.getenv().getOrDefault("TERM", ""));
        Console console = System.console();
        return new Paint(isWanted && console != null && console.isTerminal());
    }

    /** Green for what is well, yellow for what is not or not yet, red for what failed; as wide as said, at the least. */
    public String status(String word, int width) {
        String colour = GOOD.contains(word) ? GREEN : WAITING.contains(word) ? YELLOW : RED;
        return painted(colour, ("%-" + width + "s").formatted(word));
    }

    public String title(String text) {
        return painted(BOLD, text);
    }

    /** Of two who talk, the one who types. */
    public String mine(String name) {
        return painted(YELLOW, name);
    }

    public String theirs(String name) {
        return painted(GREEN, name);
    }

    private String painted(String colour, String text) {
        return isOn ? colour + text + OFF : text;
    }
}
