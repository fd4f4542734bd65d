package io.heliograph.gateway.booking.talk;

import io.heliograph.gateway.booking.hearing.Command;
import io.heliograph.gateway.booking.hearing.Mention;
import io.heliograph.gateway.booking.hearing.Said;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From the first word to somebody who can be seen. */
final class Doctors {
    static final String GENERAL = "general";
    private static final int CHOICES_MAX = 9;
    private static final int COMPLAINT_LENGTH_MAX = 200;
    /** Of a word that names a doctor; shorter ones are in too many names. */
    private static final int NAME_LENGTH_MIN = 3;

    private static final List<String> TITLES = List.of("doctor", "prof", "professor", "miss", "mrs");

    private Doctors() {}

    static Next begin(Scene scene) {
        return Questions.ask(scene.at(Stage.SYMPTOMS, Plan.EMPTY));
    }

    /** Whoever says at once what they want is not greeted first. */
    static @Nullable Next greeted(Scene scene, @Nullable Command command) {
        Choice chosen = scene.chosen() == null ? yesOrNo(scene, command) : scene.chosen();
        if (chosen != null) {
            return switch (chosen.value()) {
                case "book" -> begin(scene);
                case "visits" -> OwnVisits.list(scene);
                case "drop" ->
                    scene.at(Stage.OVER, Plan.EMPTY).say(scene.voice().say("dropped"), List.of());
                default -> Converse.person(scene);
            };
        }
        if (scene.mentions(Mention.CANCEL)) {
            return OwnVisits.cancel(scene);
        }
        if (scene.mentions(Mention.MOVE)) {
            return OwnVisits.move(scene);
        }
        Next led = leadsToDoctor(scene);
        if (led != null) {
            return led;
        }
        return mentioned(scene);
    }

    /** Where it was a question whether to book. */
    private static @Nullable Choice yesOrNo(Scene scene, @Nullable Command command) {
        String value = command == Command.YES ? "book" : command == Command.NO ? "drop" : "";
        boolean wasAsked = scene.talk().choices().stream()
                .anyMatch(choice -> choice.value().equals("drop"));
        return wasAsked && !value.isEmpty() ? scene.choice(value) : null;
    }

    private static @Nullable Next mentioned(Scene scene) {
        if (scene.mentions(Mention.VISITS)) {
            return OwnVisits.list(scene);
        }
        if (scene.mentions(Mention.PERSON)) {
            return Converse.person(scene);
        }
        if (scene.mentions(Mention.BOOK)) {
            return begin(scene);
        }
        boolean isFirstWord = scene.talk().choices().isEmpty() && !scene.mentions(Mention.RUDE);
        return isFirstWord ? Questions.ask(scene.understood()) : null;
    }

    static @Nullable Next symptoms(Scene scene, @Nullable Command command) {
        Choice chosen = scene.chosen();
        if (chosen != null && chosen.is(Choice.SPECIALISATION)) {
            return offer(
                    scene,
                    List.of(chosen.of(Choice.SPECIALISATION)),
                    scene.plan().complaint());
        }
        if (command == Command.ANY || command == Command.EARLIEST) {
            return askDoctor(scene.at(Stage.DOCTOR, Plan.EMPTY));
        }
        if (command == Command.SKIP) {
            return offer(scene, List.of(GENERAL), null);
        }
        return leadsToDoctor(scene);
    }

    static @Nullable Next doctor(Scene scene, @Nullable Command command) {
        Choice chosen = scene.chosen();
        if (chosen != null && chosen.is(Choice.DOCTOR)) {
            return Questions.ask(scene.at(Stage.DAY, scene.plan().with(chosen.of(Choice.DOCTOR))));
        }
        if (chosen != null) {
            return askDoctor(
                    scene.at(Stage.DOCTOR, scene.plan().because(scene.plan().complaint(), null)));
        }
        if (command == Command.BACK) {
            return begin(scene);
        }
        List<Choice> offered = scene.talk().choices();
        if ((command == Command.ANY || command == Command.EARLIEST) && !offered.isEmpty()) {
            String first = offered.getFirst().of(Choice.DOCTOR);
            return Questions.ask(scene.at(Stage.DAY, scene.plan().with(first)));
        }
        return leadsToDoctor(scene);
    }

    /** By a doctor's name, or by what troubles the person; null where neither is said. */
    private static @Nullable Next leadsToDoctor(Scene scene) {
        Doctor named = named(scene);
        if (named != null) {
            return Days.along(scene.at(
                    Stage.DAY, Plan.EMPTY.because(complaint(scene), null).with(named.id())));
        }
        List<String> kinds = scene.world().meaning().specialisations();
        if (!kinds.isEmpty()) {
            return offer(scene, kinds, complaint(scene));
        }
        return scene.world().meaning().urgent() ? offer(scene, List.of(GENERAL), complaint(scene)) : null;
    }

    private static Next offer(Scene scene, List<String> kinds, @Nullable String complaint) {
        List<Doctor> all = scene.world().doctors();
        // Of several that it may be, the first of which there is a doctor.
        String wanted = kinds.stream()
                .filter(kind -> all.stream().anyMatch(doctor -> doctor.kind().equals(kind)))
                .findFirst()
                .orElse(kinds.getFirst());
        List<Doctor> fitting =
                all.stream().filter(doctor -> doctor.kind().equals(wanted)).toList();
        Plan plan = Plan.EMPTY.because(complaint, wanted);
        if (fitting.size() == 1) {
            Doctor only = fitting.getFirst();
            Map<String, String> values = Map.of("doctor", only.name(), "specialisation", kind(scene, only));
            return Questions.ask(scene.first("one_doctor", values).at(Stage.DAY, plan.with(only.id())));
        }
        return askDoctor(scene.at(Stage.DOCTOR, plan));
    }

    static Next askSymptoms(Scene scene) {
        if (scene.talk().misunderstandings() == 0) {
            return scene.say(scene.voice().say("ask_symptoms"), List.of());
        }
        Scene remembering =
                scene.with(scene.talk().at(Stage.SYMPTOMS, scene.plan().because(complaint(scene), null)));
        List<Choice> kinds = scene.world().doctors().stream()
                .map(Doctor::kind)
                .distinct()
                .limit(CHOICES_MAX)
                .map(kind ->
                        new Choice(Choice.SPECIALISATION + kind, scene.voice().specialisation(kind)))
                .toList();
        return kinds.isEmpty()
                ? noDoctors(scene)
                : remembering.say(scene.voice().say("no_meaning"), kinds);
    }

    static Next askDoctor(Scene scene) {
        List<Doctor> all = scene.world().doctors();
        if (all.isEmpty()) {
            return noDoctors(scene);
        }
        String wanted = scene.plan().specialisation();
        List<Doctor> fitting =
                all.stream().filter(doctor -> doctor.kind().equals(wanted)).toList();
        boolean narrowed = wanted != null && !fitting.isEmpty();
        Stream<Choice> doctors = (narrowed ? fitting : all)
                .stream()
                        .limit(CHOICES_MAX)
                        .map(doctor -> new Choice(
                                Choice.DOCTOR + doctor.id(),
                                narrowed ? doctor.name() : doctor.name() + " (" + kind(scene, doctor) + ")"));
        Stream<Choice> others =
                narrowed && fitting.size() < all.size() ? Stream.of(scene.choice("other_doctor")) : Stream.empty();
        String question = wanted == null
                ? scene.voice().say("ask_doctor_any")
                : scene.voice()
                        .say(
                                narrowed ? "ask_doctor" : "no_such_doctor",
                                Map.of("specialisation", scene.voice().specialisation(wanted)));
        return scene.say(question, Stream.concat(doctors, others).toList());
    }

    private static Next noDoctors(Scene scene) {
        return scene.at(Stage.GREETING, Plan.EMPTY)
                .say(scene.voice().say("no_doctors", Map.of("phone", scene.phone())), List.of(scene.choice("person")));
    }

    /** As the account writes it, unless we have a name of our own for it. */
    static String kind(Scene scene, Doctor doctor) {
        String ours = scene.voice().specialisation(doctor.kind());
        return ours.equals(doctor.kind()) ? doctor.specialisation() : ours;
    }

    private static @Nullable Doctor named(Scene scene) {
        Said said = scene.heard().said();
        for (Doctor doctor : scene.world().doctors()) {
            boolean isNamed = Said.of(doctor.name()).words().stream()
                    .filter(word -> word.length() >= NAME_LENGTH_MIN && !TITLES.contains(word))
                    .anyMatch(word -> said.has(List.of(word)));
            if (isNamed) {
                return doctor;
            }
        }
        return null;
    }

    private static @Nullable String complaint(Scene scene) {
        String raw = scene.heard().raw().strip();
        String before = scene.plan().complaint();
        if (before != null || raw.isEmpty() || scene.heard().button() != null) {
            return before;
        }
        int length = raw.offsetByCodePoints(0, Math.min(COMPLAINT_LENGTH_MAX, raw.codePointCount(0, raw.length())));
        return Objects.requireNonNull(raw.substring(0, length));
    }
}
