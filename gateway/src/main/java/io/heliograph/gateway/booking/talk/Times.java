package io.heliograph.gateway.booking.talk;

import io.heliograph.gateway.booking.hearing.Command;
import io.heliograph.gateway.booking.hearing.HeardDay;
import io.heliograph.gateway.booking.hearing.HeardTime;
import io.heliograph.gateway.booking.talk.Next.FreeTimes;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which time of the day that was chosen. */
final class Times {
    private static final int TIMES_OFFERED = 8;
    /** Instead of a page: they were asked which of a few times they mean, and a number is one of them. */
    private static final int ASKED_WHICH = -1;

    private static final Pattern CLOCK = Pattern.compile("\\d{1,2}[:.]\\d{2}( ?[ap]\\.?m\\.?)?");

    private Times() {}

    static Next ask(Scene scene) {
        return offer(scene, "ask_time", Map.of());
    }

    static @Nullable Next heard(Scene scene, @Nullable Command command) {
        List<LocalDateTime> free = onDay(scene);
        if (free == null) {
            return lookUp(scene);
        }
        Next which = whichOfTwo(scene, free);
        if (which != null) {
            return which;
        }
        Choice chosen = scene.chosen();
        if (chosen != null) {
            return chosen.is(Choice.TIME) ? take(scene, LocalDateTime.parse(chosen.of(Choice.TIME))) : more(scene);
        }
        if (command != null) {
            return commanded(scene, command, free);
        }
        return said(scene);
    }

    private static @Nullable Next commanded(Scene scene, Command command, List<LocalDateTime> free) {
        return switch (command) {
            case MORE -> more(scene);
            case EARLIEST, ANY -> free.isEmpty() ? ask(scene) : take(scene, free.getFirst());
            case BACK, CHANGE, NO ->
                Questions.ask(scene.at(Stage.DAY, scene.plan().on(null)));
            default -> said(scene);
        };
    }

    /** A time; or another day, with or without one. */
    static @Nullable Next said(Scene scene) {
        String text = scene.heard().said().text();
        boolean isNumber = Choosing.number(text) != null;
        if (!isNumber && !CLOCK.matcher(text).matches()) {
            HeardDay day =
                    scene.ears().days().hear(scene.heard().said(), scene.world().today());
            if (!(day instanceof HeardDay.Nothing)) {
                return Days.day(scene, day);
            }
        }
        return time(
                scene,
                scene.ears()
                        .times()
                        .hear(text, isNumber || scene.heard().said().words().size() == 1));
    }

    /** Where a number is that of a choice, and an hour that is free as well. */
    private static @Nullable Next whichOfTwo(Scene scene, List<LocalDateTime> free) {
        Integer number = scene.heard().button() == null
                ? Choosing.number(String.join(" ", scene.heard().said().words()))
                : null;
        Choice chosen = scene.chosen();
        if (number == null
                || chosen == null
                || !chosen.is(Choice.TIME)
                || scene.plan().page() == ASKED_WHICH) {
            return null;
        }
        LocalDateTime byNumber = LocalDateTime.parse(chosen.of(Choice.TIME));
        List<LocalDateTime> possible = new ArrayList<>(List.of(byNumber));
        free.stream()
                .filter(time -> time.getMinute() == 0 && time.getHour() % 12 == number % 12 && !time.equals(byNumber))
                .forEach(possible::add);
        return possible.size() == 1 ? null : which(scene, possible);
    }

    private static Next which(Scene scene, List<LocalDateTime> possible) {
        Scene there = scene.at(Stage.TIME, scene.plan().page(ASKED_WHICH));
        return there.say(there.voice().say("which_time"), choices(there, possible));
    }

    /** Null where no time was said. */
    static @Nullable Next time(Scene scene, HeardTime heard) {
        List<LocalDateTime> free = onDay(scene);
        if (free == null) {
            return lookUp(scene);
        }
        return switch (heard) {
            case HeardTime.At(List<LocalTime> times) -> at(scene, times, free);
            case HeardTime.During during -> {
                List<LocalDateTime> then = free.stream()
                        .filter(time -> during.holds(time.toLocalTime()))
                        .limit(TIMES_OFFERED)
                        .toList();
                yield then.isEmpty()
                        ? offer(scene.understood(), "nothing_in_part", Map.of())
                        : scene.understood().say(question(scene, "ask_time", Map.of()), choices(scene, then));
            }
            case HeardTime.Nothing _ -> null;
        };
    }

    private static Next at(Scene scene, List<LocalTime> times, List<LocalDateTime> free) {
        List<LocalDateTime> open =
                free.stream().filter(time -> times.contains(time.toLocalTime())).toList();
        if (open.size() == 1) {
            return take(scene, open.getFirst());
        }
        if (open.size() > 1) {
            return which(scene, open);
        }
        LocalTime meant = likeliest(times, free);
        return nearest(scene.understood(), meant, free);
    }

    /** Of five in the morning and five in the afternoon the one at which anybody is there. */
    private static LocalTime likeliest(List<LocalTime> times, List<LocalDateTime> free) {
        return times.stream()
                .min(Comparator.comparing(time -> free.stream()
                        .map(open -> Duration.between(open.toLocalTime(), time).abs())
                        .min(Comparator.naturalOrder())
                        .orElse(Duration.ZERO)))
                .orElseThrow();
    }

    private static Next nearest(Scene scene, LocalTime meant, List<LocalDateTime> free) {
        List<LocalDateTime> near = free.stream()
                .sorted(Comparator.comparing(
                        time -> Duration.between(time.toLocalTime(), meant).abs()))
                .limit(TIMES_OFFERED)
                .sorted()
                .toList();
        if (near.isEmpty()) {
            return Days.offer(scene, "full_day", scene.plan().day());
        }
        return scene.say(
                question(scene, "no_such_time", Map.of("time", scene.voice().time(meant))), choices(scene, near));
    }

    private static Next take(Scene scene, LocalDateTime at) {
        Plan plan = scene.plan().at(at);
        Stage next = plan.isOfVisit() || plan.name() != null ? Stage.CONFIRMATION : Stage.DETAILS;
        return Questions.ask(scene.at(next, plan));
    }

    private static Next more(Scene scene) {
        int page = Math.max(scene.plan().page(), 0) + 1;
        return ask(scene.at(Stage.TIME, scene.plan().page(page)));
    }

    /** Some of the free times. What has gone meanwhile is not offered; where all of it has, another day is. */
    static Next offer(Scene before, String sentence, Map<String, String> values) {
        List<LocalDateTime> free = onDay(before);
        if (free == null) {
            return lookUp(before);
        }
        LocalDate day = before.plan().day();
        if (free.isEmpty()) {
            return Days.offer(before, sentence.equals("taken") ? "taken_day" : "full_day", day);
        }
        int pages = (free.size() + TIMES_OFFERED - 1) / TIMES_OFFERED;
        int page = Math.max(before.plan().page(), 0) % pages;
        Scene scene = before.with(before.talk().at(Stage.TIME, before.plan().page(page)));
        List<Choice> choices = new ArrayList<>(choices(
                scene,
                free.stream()
                        .skip((long) page * TIMES_OFFERED)
                        .limit(TIMES_OFFERED)
                        .toList()));
        if (pages > 1) {
            boolean _ = choices.add(scene.choice("more"));
        }
        return scene.say(question(scene, sentence, values), choices);
    }

    private static String question(Scene scene, String sentence, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        String _ = all.put("doctor", scene.doctorName());
        String _ = all.put("day", scene.day());
        return scene.voice().say(sentence, all);
    }

    private static List<Choice> choices(Scene scene, List<LocalDateTime> times) {
        return times.stream()
                .map(time -> new Choice(Choice.TIME + time, scene.voice().time(time.toLocalTime())))
                .toList();
    }

    /** Null where it has to be looked up. */
    static @Nullable List<LocalDateTime> onDay(Scene scene) {
        return scene.world().free().get(lookUp(scene));
    }

    static FreeTimes lookUp(Scene scene) {
        return new FreeTimes(
                Objects.requireNonNull(scene.plan().doctorId()),
                Objects.requireNonNull(scene.plan().day()));
    }
}
