package io.heliograph.gateway.booking.talk;

import io.heliograph.gateway.booking.hearing.Command;
import io.heliograph.gateway.booking.hearing.Ears;
import io.heliograph.gateway.booking.hearing.Mention;
import io.heliograph.gateway.booking.texts.Language;
import io.heliograph.gateway.booking.texts.Texts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a turn comes to, from where the talk stands, what came and what is known. Whoever calls it looks up, or does, what it asks for, and calls
 * it again with the same and more known, until it says something.
 */
public final class Converse {
    private static final int MISUNDERSTANDINGS_MAX = 3;

    private final Ears ears;
    private final Texts texts;

    public Converse(Ears ears, Texts texts) {
        this.ears = ears;
        this.texts = texts;
    }

    public Next next(Talk talk, Heard heard, World world) {
        Scene scene = new Scene(talk, heard, world, ears, texts, List.of());
        if (heard.said().isDevanagari()) {
            scene = scene.in(Language.HINDI);
        }
        if (heard.afterSilence()) {
            boolean wasOpen = talk.stage() != Stage.OVER && talk.stage() != Stage.GREETING;
            Scene fresh = scene.with(Talk.fresh(scene.talk().language()));
            scene = wasOpen ? fresh.first(fresh.voice().say("expired")) : fresh;
        }
        return heard.said().isWordless() && heard.button() == null ? unreadable(scene) : readable(scene);
    }

    private static Next unreadable(Scene scene) {
        String why = switch (scene.heard().enclosed()) {
            case VOICE -> "voice_note";
            case FILE -> "only_media";
            case NOTHING -> "only_signs";
        };
        return Questions.ask(scene.first(scene.voice().say(why)));
    }

    private static Next readable(Scene before) {
        Scene scene = before;
        if (scene.heard().enclosed() != Heard.Enclosed.NOTHING) {
            scene = scene.first(scene.voice().say("caption_only"));
        }
        if (scene.heard().isTooLong()) {
            scene = scene.first(scene.voice().say("too_long"));
        }
        boolean chosen = scene.chosen() != null;
        if (scene.world().meaning().urgent() && !chosen) {
            scene = scene.first(
                            "emergency",
                            Map.of("emergency_number", scene.world().clinic().emergencyNumber()))
                    .first(scene.voice().say("emergency_go_on"));
        }
        Command command = chosen ? null : scene.command();
        Next commanded = command == null ? null : command(scene, command);
        Next next = commanded == null ? answer(scene, command) : commanded;
        return next == null ? misunderstood(scene) : next;
    }

    /** What means the same at every stage; null where the stage decides. */
    private static @Nullable Next command(Scene scene, Command command) {
        Stage stage = scene.talk().stage();
        boolean between = stage == Stage.GREETING || stage == Stage.OVER;
        return switch (command) {
            case START_OVER -> {
                Scene fresh = scene.with(Talk.fresh(scene.talk().language()));
                yield Questions.ask(between ? fresh : fresh.first(scene.voice().say("started_over")));
            }
            case HELP -> Questions.ask(scene.understood().first(scene.voice().say("help")));
            case PERSON -> person(scene);
            case ENGLISH -> Questions.ask(scene.understood().in(Language.ENGLISH));
            case HINDI -> Questions.ask(scene.understood().in(Language.HINDI));
            // A name may be anything else.
            case CANCEL -> cancel(scene);
            case MOVE -> stage == Stage.DETAILS ? null : OwnVisits.move(scene);
            case VISITS -> stage == Stage.DETAILS ? null : OwnVisits.list(scene);
            case BOOK -> between || stage == Stage.VISITS || stage == Stage.VISIT ? Doctors.begin(scene) : null;
            case GREET -> stage == Stage.DETAILS ? null : Questions.ask(scene.understood());
            case THANKS ->
                between ? scene.at(Stage.OVER, Plan.EMPTY).say(scene.voice().say("thanks"), List.of()) : null;
            case YES, NO, CHANGE, BACK, MORE, ANY, EARLIEST, SKIP -> null;
        };
    }

    static Next person(Scene scene) {
        String text = scene.voice()
                .sayOrNameless("person", "phone", scene.world().clinic().phone());
        return Questions.ask(scene.understood().first(text));
    }

    /** Of an appointment, or of what is being planned. */
    private static Next cancel(Scene scene) {
        return switch (scene.talk().stage()) {
            case GREETING, OVER, VISITS, VISIT -> OwnVisits.cancel(scene);
            case CANCELLING -> OwnVisits.confirmed(scene);
            case SYMPTOMS, DOCTOR, DAY, TIME, DETAILS, CONFIRMATION -> Settling.dropped(scene);
        };
    }

    private static @Nullable Next answer(Scene scene, @Nullable Command command) {
        return switch (scene.talk().stage()) {
            case GREETING, OVER -> Doctors.greeted(scene, command);
            case SYMPTOMS -> Doctors.symptoms(scene, command);
            case DOCTOR -> Doctors.doctor(scene, command);
            case DAY -> Days.heard(scene, command);
            case TIME -> Times.heard(scene, command);
            case DETAILS -> Settling.details(scene);
            case CONFIRMATION -> Settling.confirmation(scene, command);
            case VISITS -> OwnVisits.chosen(scene);
            case VISIT -> OwnVisits.visit(scene, command);
            case CANCELLING -> OwnVisits.cancelling(scene, command);
        };
    }

    /** Three times in a row, and a person is offered. */
    private static Next misunderstood(Scene before) {
        if (before.mentions(Mention.SAFE)) {
            return Questions.ask(before.understood());
        }
        Scene scene = before.with(before.talk().misunderstood());
        String phone = scene.world().clinic().phone();
        if (scene.talk().misunderstandings() >= MISUNDERSTANDINGS_MAX) {
            return Questions.ask(scene.understood().first(scene.voice().sayOrNameless("three_times", "phone", phone)));
        }
        if (scene.mentions(Mention.RUDE)) {
            return Questions.ask(scene.first(scene.voice().sayOrNameless("calm", "phone", phone)));
        }
        return Questions.ask(
                Questions.saysItself(scene.talk().stage())
                        ? scene
                        : scene.first(scene.voice().say("not_understood")));
    }
}
