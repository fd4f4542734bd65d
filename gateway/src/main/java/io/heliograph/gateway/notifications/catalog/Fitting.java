package io.heliograph.gateway.notifications.catalog;

import com.samskivert.mustache.MustacheException;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.notifications.catalog.Content.Variant;
import io.heliograph.gateway.notifications.text.DltPattern;
import io.heliograph.gateway.notifications.text.Placeholders;
import io.heliograph.gateway.notifications.text.Placeholders.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds a template against its type before it is put in force: every placeholder is declared, safe where it must be, and such as its
 * place needs. What passes can be rendered with every event of the type.
 */
public final class Fitting {
    private static final Pattern LINK = Pattern.compile("https://|/|\\{\\{");

    private final NotificationType type;
    private final NotificationChannel channel;
    private final boolean phiSafe;
    private final List<FieldMistake> mistakes = new ArrayList<>();

    private Fitting(NotificationType type, NotificationChannel channel, boolean phiSafe) {
        this.type = type;
        this.channel = channel;
        this.phiSafe = phiSafe;
    }

    /** Everything that is wrong; {@code pointer} is where the content stands. */
    public static List<FieldMistake> mistakes(
            NotificationType type, NotificationChannel channel, Content content, String pointer) {
        Fitting fitting = new Fitting(type, channel, content.phiSafe());
        if (!type.channels().contains(channel)) {
            fitting.mistake(
                    pointer, ProblemCode.CHANNEL_MISMATCH, type.name() + " is not told by " + channel.word() + ".");
        }
        List<Variant> variants = content.variants();
        for (int i = 0; i < variants.size(); i++) {
            fitting.check(variants.get(i), variants.get(i).name() == null ? pointer : pointer + "/variants/" + i);
        }
        return fitting.mistakes;
    }

    private void check(Variant variant, String at) {
        int before = mistakes.size();
        check(variant.text(), at + "/text", false);
        check(variant.title(), at + "/title", false);
        check(variant.html(), at + "/html", true);
        check(variant.link(), at + "/link", false);
        checkLink(variant.link(), at + "/link");
        if (variant.dlt() != null) {
            checkPattern(variant, variant.dlt(), at + "/dlt/pattern", mistakes.size() == before);
        }
    }

    /** Only what was a URL when it was told may lead anywhere: any other text could lead elsewhere. */
    private void checkLink(@Nullable String source, String at) {
        if (source == null) {
            return;
        }
        if (!LINK.matcher(source).lookingAt()) {
            mistake(at, ProblemCode.INVALID_TEMPLATE, "A link begins with https://, with / or with a variable.");
        }
        for (Use use : Placeholders.of(source).uses()) {
            Variable variable = type.variables().get(use.name());
            if (variable != null && variable.type() != VariableType.URL) {
                mistake(
                        at,
                        ProblemCode.UNSAFE_VARIABLE,
                        "A link takes only a variable of the type url; " + use.name() + " is none.");
            }
        }
    }

    private void check(@Nullable String source, String at, boolean isHtml) {
        if (source == null) {
            return;
        }
        Placeholders placeholders = Placeholders.of(source);
        placeholders.mistakes().forEach(mistake -> mistake(at, ProblemCode.INVALID_TEMPLATE, mistake));
        placeholders.uses().forEach(use -> check(use, at, isHtml));
        if (placeholders.mistakes().isEmpty()) {
            checkCompiles(source, at);
        }
    }

    private void checkCompiles(String source, String at) {
        try {
            com.samskivert.mustache.Template _ = Template.PLAIN.compile(source);
        } catch (MustacheException e) {
            mistake(at, ProblemCode.INVALID_TEMPLATE, "This is no template: its sections do not fit into each other.");
        }
    }

    private void check(Use use, String at, boolean isHtml) {
        @Nullable Variable list = innermostList(use);
        if (use.name().equals(Placeholders.ITEM)) {
            checkItem(use, list, at);
            return;
        }
        Variable declared = variable(use.name());
        VariableType kind = list != null && list.fields().containsKey(use.name())
                ? list.fields().get(use.name())
                : declared == null ? null : declared.type();
        if (kind == null) {
            mistake(at, ProblemCode.UNDECLARED_VARIABLE, use.name() + " is no variable of " + type.name() + ".");
            return;
        }
        boolean ofItem = list != null && !isOfDigest(list) && list.fields().containsKey(use.name());
        if (phiSafe && !ofItem && declared != null && !declared.phiSafe()) {
            mistake(
                    at,
                    ProblemCode.UNSAFE_VARIABLE,
                    use.name() + " is not declared phi_safe, and a phi_safe template takes no other.");
        }
        checkPlace(use, kind, list, at, isHtml);
    }

    private void checkItem(Use use, @Nullable Variable list, String at) {
        if (list == null || !list.fields().isEmpty()) {
            mistake(at, ProblemCode.INVALID_TEMPLATE, "{{.}} stands in the section of a list of strings only.");
        } else if (use.isLink()) {
            mistake(at, ProblemCode.UNSAFE_VARIABLE, "A link takes only a variable of the type url; {{.}} is none.");
        }
    }

    private void checkPlace(Use use, VariableType kind, @Nullable Variable list, String at, boolean isHtml) {
        if (kind == VariableType.LIST && !use.isSection()) {
            mistake(at, ProblemCode.WRONG_TYPE, use.name() + " is a list: it can only be a section.");
        }
        if (kind == VariableType.LIST && list != null) {
            mistake(at, ProblemCode.INVALID_TEMPLATE, "A list's section stands in no other list's section.");
        }
        if (isHtml && use.isLink() && kind != VariableType.URL) {
            mistake(
                    at,
                    ProblemCode.UNSAFE_VARIABLE,
                    "A link takes only a variable of the type url; " + use.name() + " is none.");
        }
    }

    /** Null outside of all. */
    private @Nullable Variable innermostList(Use use) {
        for (String section : use.sections().reversed()) {
            Variable variable = variable(section);
            if (variable != null && variable.type() == VariableType.LIST) {
                return variable;
            }
        }
        return null;
    }

    private @Nullable Variable variable(String name) {
        Variable declared = type.variables().get(name);
        return declared == null ? Digest.variable(type, name) : declared;
    }

    private boolean isOfDigest(Variable list) {
        return list.equals(Digest.variable(type, Digest.ITEMS));
    }

    /** With a value in every place the text must be one that the operators let through. */
    private void checkPattern(Variant variant, Content.Dlt dlt, String at, boolean renders) {
        DltPattern pattern = DltPattern.of(dlt.pattern());
        if (pattern == null) {
            mistake(
                    at,
                    ProblemCode.INVALID_TEMPLATE,
                    "A slot of a registered pattern is {#var#}, {#alphanumeric#}, {#numeric#}, {#url#}, {#urlott#}, {#cbn#} or {#email#}; there are at most 30.");
        } else if (renders) {
            Map<String, Object> sample = Samples.of(type);
            String text = Template.compile(channel, Locales.DEFAULT, new Content(false, List.of(variant)), type)
                    .render(sample)
                    .text();
            if (pattern.values(text) == null) {
                mistake(
                        at,
                        ProblemCode.DLT_MISMATCH,
                        "The text of the template does not fit the registered pattern, whatever stands in its slots.");
            }
        }
    }

    private void mistake(String at, ProblemCode code, String detail) {
        mistakes.add(FieldMistake.at(at, code, detail));
    }
}
