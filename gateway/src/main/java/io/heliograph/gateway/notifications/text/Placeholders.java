package io.heliograph.gateway.notifications.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The placeholders of a template, and what is wrong with its form. Only names, sections and comments are taken: nothing that includes,
 * redefines, calls or leaves out the escaping.
 */
public record Placeholders(List<Use> uses, List<String> mistakes) {
    /** A variable where each item of a list stands for itself. */
    public static final String ITEM = ".";

    private static final int PLACEHOLDERS_MAX = 200;
    private static final int DEPTH_MAX = 5;
    private static final Pattern TAG = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern LINK = Pattern.compile("(?i)\\b(?:href|src|action)\\s*=\\s*[\"']?\\s*$");
    private static final List<String> PLACES = List.of("-index", "-first", "-last");

    /**
     * One placeholder.
     *
     * @param sections those that it stands in, the outermost first; with ^ before the name where it stands there for want of a value
     * @param isSection whether it is repeated or left out, rather than written
     * @param isLink whether a browser would follow it
     */
    public record Use(String name, List<String> sections, boolean isSection, boolean isLink) {
        public Use {
            sections = List.copyOf(sections);
        }
    }

    public Placeholders {
        uses = List.copyOf(uses);
        mistakes = List.copyOf(mistakes);
    }

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    public static Placeholders of(String source) {
        Scan scan = new Scan(source);
        scan.all();
        return new Placeholders(scan.uses, scan.mistakes);
    }

    private static final class Scan {
        private final String source;
        private final List<Use> uses = new ArrayList<>();
        private final List<String> mistakes = new ArrayList<>();
        private final Deque<String> open = new ArrayDeque<>();

        private Scan(String source) {
            this.source = source;
        }

        private void all() {
            Matcher tag = TAG.matcher(source);
            int end = 0;
            int tags = 0;
            while (tag.find() && tags++ < PLACEHOLDERS_MAX) {
                between(source.substring(end, tag.start()));
                take(tag.group(1).strip(), tag.start());
                end = tag.end();
            }
            if (tags > PLACEHOLDERS_MAX) {
                mistakes.add("There are more than " + PLACEHOLDERS_MAX + " placeholders.");
                return;
            }
            between(source.substring(end));
            open.forEach(name -> mistakes.add("The section " + name + " has no end."));
        }

        private void between(String text) {
            if (text.contains("{{") || text.contains("}}")) {
                mistakes.add("There are braces {{ or }} that are no placeholder.");
            }
        }

        private void take(String tag, int at) {
            char sigil = tag.isEmpty() ? ' ' : tag.charAt(0);
            switch (sigil) {
                case '!' -> {}
                case '#' -> begin(tag.substring(1).strip(), "");
                case '^' -> begin(tag.substring(1).strip(), "^");
                case '/' -> end(tag.substring(1).strip());
                case '>', '<', '$', '=', '&', '{', '~', '*' ->
                    mistakes.add("{{" + sigil + " is not taken: a template has names, sections and comments only.");
                default -> variable(tag, at);
            }
        }

        private void variable(String name, int at) {
            if (PLACES.contains(name) && !open.isEmpty()) {
                return;
            }
            if (!name.equals(ITEM) && !isName(name)) {
                mistakes.add("A placeholder holds a name of lower-case letters, digits and _, and nothing else.");
                return;
            }
            String before = source.substring(Math.max(0, at - 40), at);
            uses.add(new Use(name, sections(), false, LINK.matcher(before).find()));
        }

        private void begin(String name, String inverted) {
            if (!isName(name) && !PLACES.contains(name)) {
                mistakes.add("A section holds a name of lower-case letters, digits and _, and nothing else.");
            } else if (open.size() == DEPTH_MAX) {
                mistakes.add("There are more than " + DEPTH_MAX + " sections within each other.");
            } else if (!PLACES.contains(name)) {
                uses.add(new Use(name, sections(), true, false));
            }
            open.push(inverted + name);
        }

        private void end(String name) {
            if (!name.equals(open.peek()) && !("^" + name).equals(open.peek())) {
                mistakes.add("A section ends that has not begun, or before one within it.");
                return;
            }
            @Nullable String _ = open.poll();
        }

        private List<String> sections() {
            return open.stream().toList().reversed();
        }
    }
}
