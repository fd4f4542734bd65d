package io.heliograph.gateway.booking.talk;

import java.util.List;

/** Asks what the stage asks, once more or for the first time. */
final class Questions {
    private Questions() {}

    /** Whose question is another one after a misunderstanding. */
    static boolean saysItself(Stage stage) {
        return stage == Stage.SYMPTOMS || stage == Stage.DETAILS;
    }

    static Next ask(Scene scene) {
        return switch (scene.talk().stage()) {
            case GREETING, OVER -> greet(scene);
            case SYMPTOMS -> Doctors.askSymptoms(scene);
            case DOCTOR -> Doctors.askDoctor(scene);
            case DAY -> Days.ask(scene);
            case TIME -> Times.ask(scene);
            case DETAILS -> Settling.askName(scene);
            case CONFIRMATION -> Settling.ask(scene);
            case VISITS -> OwnVisits.ask(scene);
            case VISIT -> OwnVisits.askVisit(scene);
            case CANCELLING -> OwnVisits.askCancelling(scene);
        };
    }

    private static Next greet(Scene scene) {
        List<Choice> choices = scene.world().visits().isEmpty()
                ? List.of(scene.choice("book"), scene.choice("person"))
                : List.of(scene.choice("book"), scene.choice("visits"), scene.choice("person"));
        String text = scene.voice()
                .sayOrNameless("greeting", "clinic", scene.world().clinic().name());
        return scene.with(scene.talk().at(Stage.GREETING, Plan.EMPTY)).say(text, choices);
    }
}
