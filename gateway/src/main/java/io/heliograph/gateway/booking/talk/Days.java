package io.heliograph.gateway.booking.talk;

import io.heliograph.gateway.booking.hearing.Command;
import io.heliograph.gateway.booking.hearing.HeardDay;
import io.heliograph.gateway.booking.hearing.HeardTime;
import io.heliograph.gateway.booking.talk.Next.FreeDays;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which day: of a new visit, or of one that is moved. */
final class Days {
    private Days() {}

    static Next ask(Scene scene) {
        Visit moved = scene.world().visit(scene.plan().bookingId());
        return moved == null
                ? offer(scene, "ask_day", null)
                : offer(scene.with(scene.talk().at(Stage.DAY, scene.plan())), "ask_new_day", null, scene.about(moved));
    }

    static @Nullable Next heard(Scene scene, @Nullable Command command) {
        Choice chosen = scene.chosen();
        if (chosen != null) {
            return chosen.is(Choice.DAY)
                    ? on(scene, LocalDate.parse(chosen.of(Choice.DAY)), "")
                    : Doctors.doctor(scene, null);
        }
        if (command == Command.EARLIEST || command == Command.ANY) {
            return earliest(scene);
        }
        if (command == Command.BACK || command == Command.CHANGE) {
            return scene.plan().isOfVisit()
                    ? Questions.ask(scene.at(Stage.VISIT, scene.plan().on(null)))
                    : Doctors.askDoctor(scene.at(Stage.DOCTOR, scene.plan()));
        }
        return day(
                scene,
                scene.ears().days().hear(scene.heard().said(), scene.world().today()));
    }

    /** With the day that was said along with the doctor, if one was. */
    static Next along(Scene scene) {
        Next day = day(
                scene,
                scene.ears().days().hear(scene.heard().said(), scene.world().today()));
        return day == null ? ask(scene) : day;
    }

    /** Null where no day was said. */
    static @Nullable Next day(Scene scene, HeardDay heard) {
        return switch (heard) {
            case HeardDay.On(LocalDate day, String rest) -> on(scene, day, rest);
            case HeardDay.OneOf(List<LocalDate> days) -> oneOf(scene, days);
            case HeardDay.Past(LocalDate day) -> offer(scene.understood(), "past_day", day);
            case HeardDay.NoSuch _ -> offer(scene.understood(), "no_such_day", null);
            case HeardDay.Nothing _ -> null;
        };
    }

    /** {@code rest} is what was said beside the day. */
    private static Next on(Scene scene, LocalDate day, String rest) {
        if (isPast(scene, day)) {
            return offer(scene.understood(), "past_day", day);
        }
        if (isFar(scene, day)) {
            return offer(scene.understood(), "far_day", day);
        }
        Scene there = scene.at(Stage.TIME, scene.plan().on(day));
        List<LocalDateTime> free = Times.onDay(there);
        if (free == null) {
            return Times.lookUp(there);
        }
        if (free.isEmpty()) {
            return offer(scene.understood(), "full_day", day);
        }
        HeardTime time = scene.ears().times().hear(rest, false);
        Next timed = Times.time(there, time);
        return timed == null ? Questions.ask(there) : timed;
    }

    private static Next oneOf(Scene scene, List<LocalDate> days) {
        List<LocalDate> near = days.stream().filter(day -> !isFar(scene, day)).toList();
        if (near.size() == 1) {
            // The other one could not be booked.
            return on(scene, near.getFirst(), "");
        }
        if (near.isEmpty()) {
            return offer(scene.understood(), "far_day", days.getFirst());
        }
        Scene there = scene.at(Stage.DAY, scene.plan().on(null));
        return there.say(there.voice().say("which_day"), choices(there, near));
    }

    private static boolean isPast(Scene scene, LocalDate day) {
        return day.isBefore(scene.world().today());
    }

    private static boolean isFar(Scene scene, LocalDate day) {
        return day.isAfter(scene.world().today().plusDays(scene.world().clinic().daysAheadMax()));
    }

    private static Next earliest(Scene scene) {
        FreeDays days = new FreeDays(doctorId(scene), null);
        List<LocalDateTime> free = scene.world().free().get(days);
        if (free == null) {
            return days;
        }
        return free.isEmpty()
                ? ask(scene.understood())
                : on(scene, free.getFirst().toLocalDate(), "");
    }

    /** The first free days, after the one that was wished for where that is full. */
    static Next offer(Scene scene, String sentence, @Nullable LocalDate wished) {
        return offer(scene, sentence, wished, Map.of());
    }

    private static Next offer(Scene before, String sentence, @Nullable LocalDate wished, Map<String, String> more) {
        Scene scene = before.with(before.talk().at(Stage.DAY, before.plan().on(null)));
        boolean isMove = scene.plan().isOfVisit();
        if (isMove
                && (scene.doctor() == null || scene.world().visit(scene.plan().bookingId()) == null)) {
            return OwnVisits.cannotMove(scene);
        }
        if (scene.doctor() == null) {
            return Doctors.askDoctor(scene.at(Stage.DOCTOR, Plan.EMPTY));
        }
        FreeDays days = after(scene, wished);
        List<LocalDateTime> free = scene.world().free().get(days);
        if (free == null) {
            return days;
        }
        Map<String, String> values = values(scene, wished, more);
        if (!free.isEmpty()) {
            List<LocalDate> dates =
                    free.stream().map(LocalDateTime::toLocalDate).toList();
            return scene.say(scene.voice().say(sentence, values), choices(scene, dates));
        }
        if (days.after() != null) {
            return offer(before, sentence, null, values);
        }
        return isMove
                ? OwnVisits.cannotMove(scene)
                : scene.say(scene.voice().say("no_days", values), List.of(scene.choice("other_doctor")));
    }

    /** What is after a day that nobody can book is what anybody can. */
    private static FreeDays after(Scene scene, @Nullable LocalDate wished) {
        boolean isOpen = wished != null && !isPast(scene, wished) && !isFar(scene, wished);
        return new FreeDays(doctorId(scene), isOpen ? wished : null);
    }

    private static Map<String, String> values(Scene scene, @Nullable LocalDate wished, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(more);
        values.putIfAbsent("doctor", scene.doctorName());
        values.putIfAbsent(
                "day",
                wished == null ? "" : scene.voice().day(wished, scene.world().today()));
        String _ = values.put("days", Integer.toString(scene.world().clinic().daysAheadMax()));
        String _ = values.put("phone", scene.phone());
        return values;
    }

    private static List<Choice> choices(Scene scene, List<LocalDate> days) {
        return days.stream()
                .map(day -> new Choice(
                        Choice.DAY + day, scene.voice().day(day, scene.world().today())))
                .toList();
    }

    private static String doctorId(Scene scene) {
        return Objects.requireNonNull(scene.plan().doctorId());
    }
}
