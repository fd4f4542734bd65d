package io.heliograph.gateway.booking.talk;

import io.heliograph.gateway.booking.hearing.Command;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The person's appointments: shown, moved and cancelled. */
final class OwnVisits {
    /** As many as a list has lines. */
    private static final int VISITS_OFFERED = 9;

    private OwnVisits() {}

    static Next list(Scene scene) {
        List<Visit> visits = scene.world().visits();
        return visits.size() == 1
                ? askVisit(scene.at(Stage.VISIT, Plan.EMPTY.about(visits.getFirst())))
                : ask(scene.at(Stage.VISITS, Plan.EMPTY));
    }

    /** Of the one that was spoken of, or the only one that there is. */
    static Next move(Scene scene) {
        Visit visit = meant(scene);
        boolean isPlan = switch (scene.talk().stage()) {
            case DAY, TIME, CONFIRMATION -> scene.doctor() != null;
            default -> false;
        };
        if (isPlan) {
            return Questions.ask(scene.at(Stage.DAY, scene.plan().on(null)));
        }
        return visit == null ? list(scene) : Questions.ask(scene.at(Stage.DAY, Plan.EMPTY.about(visit)));
    }

    static Next cancel(Scene scene) {
        Visit visit = meant(scene);
        return visit == null ? list(scene) : askCancelling(scene.at(Stage.CANCELLING, Plan.EMPTY.about(visit)));
    }

    private static @Nullable Visit meant(Scene scene) {
        List<Visit> visits = scene.world().visits();
        Visit spokenOf = scene.world().visit(scene.plan().bookingId());
        return spokenOf != null || visits.size() != 1 ? spokenOf : visits.getFirst();
    }

    static Next ask(Scene scene) {
        List<Visit> visits = scene.world().visits();
        if (visits.isEmpty()) {
            return scene.at(Stage.GREETING, Plan.EMPTY)
                    .say(scene.voice().say("no_visits"), List.of(scene.choice("book"), scene.choice("drop")));
        }
        List<Choice> choices = visits.stream()
                .limit(VISITS_OFFERED)
                .map(visit -> new Choice(Choice.VISIT + visit.bookingId(), label(scene, visit)))
                .toList();
        return scene.say(scene.voice().say("your_visits"), choices);
    }

    private static String label(Scene scene, Visit visit) {
        Map<String, String> about = scene.about(visit);
        return about.get("day") + ", " + about.get("time") + ", " + visit.doctorName();
    }

    static @Nullable Next chosen(Scene scene) {
        Choice chosen = scene.chosen();
        Visit visit = chosen == null ? null : scene.world().visit(chosen.of(Choice.VISIT));
        if (chosen != null && visit == null) {
            return gone(scene);
        }
        return visit == null ? null : askVisit(scene.at(Stage.VISIT, Plan.EMPTY.about(visit)));
    }

    static Next askVisit(Scene scene) {
        Visit visit = scene.world().visit(scene.plan().bookingId());
        return visit == null
                ? gone(scene)
                : scene.say(
                        scene.voice().say("visit", scene.about(visit)),
                        List.of(scene.choice("move"), scene.choice("cancel"), scene.choice("keep")));
    }

    static @Nullable Next visit(Scene scene, @Nullable Command command) {
        Choice chosen = scene.chosen();
        if (chosen == null) {
            return command == Command.BACK || command == Command.NO ? kept(scene) : null;
        }
        return switch (chosen.value()) {
            case "move" -> move(scene);
            case "cancel" -> cancel(scene);
            default -> kept(scene);
        };
    }

    static Next askCancelling(Scene scene) {
        Visit visit = scene.world().visit(scene.plan().bookingId());
        return visit == null
                ? gone(scene)
                : scene.say(
                        scene.voice().say("cancel_sure", scene.about(visit)),
                        List.of(scene.choice("yes"), scene.choice("no")));
    }

    static @Nullable Next cancelling(Scene scene, @Nullable Command command) {
        Choice chosen = scene.chosen();
        String value = chosen == null ? "" : chosen.value();
        if (value.equals("yes") || command == Command.YES) {
            return confirmed(scene);
        }
        return value.equals("no") || command == Command.NO || command == Command.BACK ? kept(scene) : null;
    }

    static Next confirmed(Scene scene) {
        Visit visit = scene.world().visit(scene.plan().bookingId());
        Outcome outcome = scene.world().outcome();
        if (visit == null) {
            return gone(scene);
        }
        if (outcome == null) {
            return new Next.Do(new Action.Cancel(visit.bookingId()));
        }
        return outcome instanceof Outcome.Done
                ? Settling.over(scene, scene.voice().say("cancelled", scene.about(visit)))
                : Settling.failed(scene, outcome);
    }

    /** Its doctor sees nobody any more, or not soon. Whoever wants another one instead has to call: two visits are not what was asked for. */
    static Next cannotMove(Scene scene) {
        Visit visit = scene.world().visit(scene.plan().bookingId());
        if (visit == null) {
            return gone(scene);
        }
        Map<String, String> values = new HashMap<>(scene.about(visit));
        String _ = values.put("phone", scene.phone());
        return Settling.over(scene, scene.voice().say("cannot_move", values));
    }

    private static Next kept(Scene scene) {
        Visit visit = scene.world().visit(scene.plan().bookingId());
        return visit == null ? gone(scene) : Settling.over(scene, scene.voice().say("kept", scene.about(visit)));
    }

    private static Next gone(Scene scene) {
        return Settling.failed(scene, new Outcome.Gone());
    }
}
