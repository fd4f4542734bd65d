package io.heliograph.gateway.booking.talk;

import io.heliograph.gateway.booking.hearing.Command;
import io.heliograph.gateway.booking.hearing.Ears;
import io.heliograph.gateway.booking.hearing.Mention;
import io.heliograph.gateway.booking.texts.Language;
import io.heliograph.gateway.booking.texts.Texts;
import io.heliograph.gateway.booking.texts.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One turn while it is thought about: where the talk stands, what came, what is known, and what will be said before the answer. */
record Scene(Talk talk, Heard heard, World world, Ears ears, Texts texts, List<String> before) {
    Scene {
        before = List.copyOf(before);
    }

    Voice voice() {
        return texts.in(talk.language());
    }

    Plan plan() {
        return talk.plan();
    }

    Scene with(Talk other) {
        return new Scene(other, heard, world, ears, texts, before);
    }

    /** The person was understood, and is asked something else now. */
    Scene at(Stage stage, Plan plan) {
        return with(talk.at(stage, plan).understood());
    }

    Scene understood() {
        return with(talk.understood());
    }

    Scene in(Language language) {
        return with(talk.in(language));
    }

    /** Is said before whatever is said. */
    Scene first(String text) {
        List<String> more = new ArrayList<>(before);
        boolean _ = more.add(text);
        return new Scene(talk, heard, world, ears, texts, more);
    }

    Scene first(String name, Map<String, String> values) {
        return first(voice().say(name, values));
    }

    Next say(String text, List<Choice> choices) {
        List<String> all = new ArrayList<>(before);
        boolean _ = all.add(text);
        return new Next.Say(talk.offering(choices), String.join("\n\n", all), choices);
    }

    @Nullable
    Choice chosen() {
        Choice named = Choosing.of(talk.choices(), heard);
        // Who is offered one thing may say yes to it.
        boolean isAgreed = named == null && talk.choices().size() == 1 && command() == Command.YES;
        return isAgreed ? talk.choices().getFirst() : named;
    }

    @Nullable
    Command command() {
        return heard.button() == null ? ears.words().command(heard.said()) : null;
    }

    boolean mentions(Mention mention) {
        return ears.words().mentions(heard.said(), mention);
    }

    Choice choice(String value) {
        return new Choice(value, voice().say("choice." + value));
    }

    String phone() {
        String phone = world.clinic().phone();
        return phone == null ? voice().say("the_clinic") : phone;
    }

    /** Of whom the plan speaks, where it is somebody whom there is. */
    @Nullable
    Doctor doctor() {
        return world.doctor(plan().doctorId());
    }

    /** The name by which the doctor is called, also of one who is gone. */
    String doctorName() {
        Doctor doctor = doctor();
        Visit visit = world.visit(plan().bookingId());
        return doctor != null ? doctor.name() : visit != null ? visit.doctorName() : "";
    }

    /** What a visit's sentences need. */
    Map<String, String> about(Visit visit) {
        return Map.of(
                "doctor", visit.doctorName(),
                "day", voice().day(visit.at().toLocalDate(), world.today()),
                "time", voice().time(visit.at().toLocalTime()),
                "booking_id", visit.bookingId());
    }

    String day() {
        return voice().day(Objects.requireNonNull(plan().day()), world.today());
    }

    String time() {
        return voice().time(Objects.requireNonNull(plan().at()).toLocalTime());
    }
}
