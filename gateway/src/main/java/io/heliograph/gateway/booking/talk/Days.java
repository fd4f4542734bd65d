package io.heliograph.gateway.booking.talk;

import io.heliograph.gateway.booking.hearing.Command;
import io.heliograph.gateway.booking.hearing.HeardDay;
import io.heliograph.gateway.booking.hearing.HeardTime;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which day: of a new visit, or of one that is moved. */
final class Days {
    private static final int DAYS_OFFERED = 3;

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
        List<LocalDateTime> free = free(scene);
        if (free == null) {
            return lookUp(scene);
        }
        if (day.isBefore(scene.world().today())) {
            return offer(scene.understood(), "past_day", day);
        }
        if (isFar(scene, day)) {
            return offer(scene.understood(), "far_day", day);
        }
        if (free.stream().noneMatch(time -> time.toLocalDate().equals(day))) {
            return offer(scene.understood(), "full_day", day);
        }
        Scene there = scene.at(Stage.TIME, scene.plan().on(day));
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

    private static boolean isFar(Scene scene, LocalDate day) {
        return day.isAfter(scene.world().today().plusDays(scene.world().clinic().daysAheadMax()));
    }

    private static Next earliest(Scene scene) {
        List<LocalDateTime> free = free(scene);
        if (free == null) {
            return lookUp(scene);
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
        if (scene.doctor() == null) {
            return Doctors.askDoctor(scene.at(Stage.DOCTOR, Plan.EMPTY));
        }
        List<LocalDateTime> free = free(scene);
        if (free == null) {
            return lookUp(scene);
        }
        Map<String, String> values = new HashMap<>(more);
        values.putIfAbsent("doctor", scene.doctorName());
        values.putIfAbsent(
                "day",
                wished == null ? "" : scene.voice().day(wished, scene.world().today()));
        String _ = values.put("days", Integer.toString(scene.world().clinic().daysAheadMax()));
        String _ = values.put("phone", scene.phone());
        List<LocalDate> days = days(free, wished);
        if (days.isEmpty()) {
            return scene.say(scene.voice().say("no_days", values), List.of(scene.choice("other_doctor")));
        }
        return scene.say(scene.voice().say(sentence, values), choices(scene, days));
    }

    private static List<LocalDate> days(List<LocalDateTime> free, @Nullable LocalDate wished) {
        List<LocalDate> all =
                free.stream().map(LocalDateTime::toLocalDate).distinct().toList();
        List<LocalDate> after = all.stream()
                .filter(day -> wished == null || day.isAfter(wished))
                .limit(DAYS_OFFERED)
                .toList();
        return after.isEmpty() ? all.stream().limit(DAYS_OFFERED).toList() : after;
    }

    private static List<Choice> choices(Scene scene, List<LocalDate> days) {
        return days.stream()
                .map(day -> new Choice(
                        Choice.DAY + day, scene.voice().day(day, scene.world().today())))
                .toList();
    }

    static @Nullable List<LocalDateTime> free(Scene scene) {
        String doctorId = scene.plan().doctorId();
        return doctorId == null ? List.of() : scene.world().free().get(doctorId);
    }

    static Next lookUp(Scene scene) {
        return new Next.LookUp(String.valueOf(scene.plan().doctorId()));
    }
}
