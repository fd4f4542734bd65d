package io.heliograph.gateway.booking.talk;

import io.heliograph.gateway.booking.hearing.Command;
import io.heliograph.gateway.booking.hearing.HeardTime;
import io.heliograph.gateway.booking.hearing.Mention;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who the patient is, whether it is right, and what came of it. */
final class Settling {
    private Settling() {}

    static Next askName(Scene scene) {
        if (scene.talk().misunderstandings() > 0) {
            return scene.say(scene.voice().say("odd_name"), List.of());
        }
        return scene.say(scene.voice().say("ask_name", plan(scene)), List.of());
    }

    static @Nullable Next details(Scene scene) {
        Patient patient = Patient.of(scene.heard().raw());
        return patient == null || scene.mentions(Mention.RUDE)
                ? null
                : ask(scene.at(Stage.CONFIRMATION, scene.plan().of(patient.name(), patient.age())));
    }

    static Next ask(Scene scene) {
        Map<String, String> values = plan(scene);
        Visit moved = scene.world().visit(scene.plan().bookingId());
        if (moved != null) {
            String _ = values.put(
                    "old_day",
                    scene.voice().day(moved.at().toLocalDate(), scene.world().today()));
            String _ = values.put("old_time", scene.voice().time(moved.at().toLocalTime()));
        } else if (scene.plan().isOfVisit()) {
            return failed(scene, new Outcome.Gone());
        }
        return scene.say(
                scene.voice().say(moved == null ? "confirm" : "confirm_move", values),
                List.of(scene.choice("yes"), scene.choice("change"), scene.choice("drop")));
    }

    static @Nullable Next confirmation(Scene scene, @Nullable Command command) {
        Choice chosen = scene.chosen();
        String value = chosen == null ? "" : chosen.value();
        if (value.equals("yes") || command == Command.YES) {
            return settle(scene);
        }
        if (value.equals("drop") || command == Command.NO) {
            return dropped(scene);
        }
        if (!value.isEmpty() || command == Command.CHANGE || command == Command.BACK) {
            return Questions.ask(scene.at(Stage.DAY, scene.plan().on(null)));
        }
        HeardTime time = scene.ears().times().hear(scene.heard().said().text(), false);
        return Times.said(time instanceof HeardTime.Nothing ? scene : scene.at(Stage.TIME, scene.plan()));
    }

    private static Next settle(Scene scene) {
        Plan plan = scene.plan();
        Outcome outcome = scene.world().outcome();
        if (outcome == null) {
            // It may have been cancelled, or begun, since it was shown.
            return plan.isOfVisit() && scene.world().visit(plan.bookingId()) == null
                    ? failed(scene, new Outcome.Gone())
                    : new Next.Do(action(plan));
        }
        return switch (outcome) {
            case Outcome.Done(String bookingId) -> {
                Map<String, String> values = plan(scene);
                String _ = values.put("booking_id", bookingId);
                yield over(scene, scene.voice().say(plan.isOfVisit() ? "moved" : "booked", values));
            }
            case Outcome.Taken _ -> Times.offer(scene.understood(), "taken", Map.of("time", scene.time()));
            case Outcome.TooLate _, Outcome.Gone _, Outcome.Refused _ -> failed(scene, outcome);
        };
    }

    private static Action action(Plan plan) {
        var at = Objects.requireNonNull(plan.at());
        return plan.bookingId() == null
                ? new Action.Book(
                        Objects.requireNonNull(plan.doctorId()),
                        at,
                        Objects.requireNonNull(plan.name()),
                        plan.age(),
                        plan.complaint())
                : new Action.Move(plan.bookingId(), at);
    }

    /** Of what cannot be done here, whom to call. */
    static Next failed(Scene scene, Outcome outcome) {
        String hours = outcome instanceof Outcome.TooLate(int its) ? Integer.toString(its) : "";
        String sentence = switch (outcome) {
            case Outcome.TooLate _ -> "too_late";
            case Outcome.Gone _ -> "visit_gone";
            case Outcome.Refused _, Outcome.Taken _, Outcome.Done _ -> "refused";
        };
        return over(scene, scene.voice().say(sentence, Map.of("hours", hours, "phone", scene.phone())));
    }

    /** Of a visit that was to be moved, it stays. */
    static Next dropped(Scene scene) {
        Visit visit = scene.world().visit(scene.plan().bookingId());
        if (visit != null) {
            return over(scene, scene.voice().say("kept", scene.about(visit)));
        }
        List<Choice> choices = scene.world().visits().isEmpty()
                ? List.of(scene.choice("book"))
                : List.of(scene.choice("book"), scene.choice("visits"));
        return scene.at(Stage.OVER, Plan.EMPTY).say(scene.voice().say("dropped"), choices);
    }

    static Next over(Scene scene, String text) {
        return scene.at(Stage.OVER, Plan.EMPTY).say(text, List.of());
    }

    private static Map<String, String> plan(Scene scene) {
        Map<String, String> values = new HashMap<>();
        Doctor doctor = scene.doctor();
        String name = Objects.requireNonNullElse(scene.plan().name(), "");
        Integer age = scene.plan().age();
        String _ = values.put("doctor", scene.doctorName());
        String _ = values.put("specialisation", doctor == null ? "" : Doctors.kind(scene, doctor));
        String _ = values.put("day", scene.day());
        String _ = values.put("time", scene.time());
        String _ = values.put(
                "name", age == null ? name : scene.voice().say("age", Map.of("name", name, "age", age.toString())));
        return values;
    }
}
