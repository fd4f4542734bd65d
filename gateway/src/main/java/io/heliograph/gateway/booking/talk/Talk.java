package io.heliograph.gateway.booking.talk;

import io.heliograph.gateway.booking.texts.Language;
import java.util.List;

/**
 * Where a conversation stands.
 *
 * @param misunderstandings in a row
 * @param choices what was offered last, in its order
 */
public record Talk(Stage stage, Plan plan, int misunderstandings, Language language, List<Choice> choices) {
    public Talk {
        choices = List.copyOf(choices);
    }

    public static Talk fresh(Language language) {
        return new Talk(Stage.GREETING, Plan.EMPTY, 0, language, List.of());
    }

    Talk at(Stage next, Plan itsPlan) {
        return new Talk(next, itsPlan, misunderstandings, language, List.of());
    }

    Talk understood() {
        return new Talk(stage, plan, 0, language, choices);
    }

    Talk misunderstood() {
        return new Talk(stage, plan, misunderstandings + 1, language, choices);
    }

    Talk in(Language other) {
        return new Talk(stage, plan, misunderstandings, other, choices);
    }

    Talk offering(List<Choice> offered) {
        return new Talk(stage, plan, misunderstandings, language, offered);
    }
}
