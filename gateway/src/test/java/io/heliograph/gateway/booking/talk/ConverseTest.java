package io.heliograph.gateway.booking.talk;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.gateway.booking.hearing.Ears;
import io.heliograph.gateway.booking.hearing.Said;
import io.heliograph.gateway.booking.hearing.SymptomTable;
import io.heliograph.gateway.booking.hearing.SymptomTable.Symptom;
import io.heliograph.gateway.booking.talk.Heard.Enclosed;
import io.heliograph.gateway.booking.texts.Language;
import io.heliograph.gateway.booking.texts.Texts;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Whatever somebody writes, at whatever stage: there is an answer, and it leads where it may. */
class ConverseTest {
    private static final LocalDateTime NOW = LocalDateTime.parse("2026-11-24T10:00");
    private static final Converse CONVERSE = new Converse(Ears.make(), Texts.read());
    private static final int STEPS_MAX = 6;

    private static final SymptomTable TABLE = new SymptomTable(List.of(
            Symptom.of("fever", "general", false),
            Symptom.of("rash", "dermatology", false),
            Symptom.of("tooth", "dentistry", false),
            Symptom.of("chest pain", "cardiology", true)));

    private static final List<Doctor> DOCTORS = List.of(
            new Doctor("rao", "Dr Rao", "General physician", "general"),
            new Doctor("iyer", "Dr Iyer", "General physician", "general"),
            new Doctor("khan", "Dr Khan", "Skin", "dermatology"),
            new Doctor("sen", "Dr Sen", "Heart", "cardiology"));

    private static final List<Visit> VISITS = List.of(
            new Visit("APT0000000001", "rao", "Dr Rao", NOW.plusDays(2)),
            new Visit("APT0000000002", "khan", "Dr Khan", NOW.plusDays(9)));

    /** Plays the rest of the world: everything can be looked up, and every action ends as the test says. */
    private static final class Player {
        private List<Visit> visits;
        private final Outcome outcome;
        private Talk talk = Talk.fresh(Language.ENGLISH);
        private int actions;

        Player(List<Visit> visits, Outcome outcome) {
            this.visits = visits;
            this.outcome = outcome;
        }

        Next.Say say(String text) {
            return say(Heard.of(text, null, null, Enclosed.NOTHING, false));
        }

        Next.Say say(Heard heard) {
            World world = new World(
                    new Clinic("Sunrise Clinic", "+911140001234", "112", 30),
                    NOW,
                    DOCTORS,
                    visits,
                    TABLE.meaning(heard.said()),
                    Map.of(),
                    null);
            int actionsBefore = actions;
            for (int step = 0; step < STEPS_MAX; step++) {
                switch (CONVERSE.next(talk, heard, world)) {
                    case Next.Say said -> {
                        assertThat(talk.stage().mayLeadTo(said.talk().stage()))
                                .as(talk.stage() + " to " + said.talk().stage())
                                .isTrue();
                        assertThat(said.text()).isNotBlank();
                        assertThat(said.choices()).hasSizeLessThanOrEqualTo(10);
                        assertThat(actions - actionsBefore).isLessThanOrEqualTo(1);
                        talk = said.talk();
                        return said;
                    }
                    case Next.LookUp lookUp -> world = world.knowing(lookUp, free(lookUp));
                    case Next.Do _ -> {
                        actions++;
                        world = world.having(outcome);
                    }
                }
            }
            throw new AssertionError("It came to no word");
        }

        private static List<LocalDateTime> free(Next.LookUp lookUp) {
            return switch (lookUp) {
                case Next.FreeTimes(String doctorId, LocalDate day) ->
                    free(doctorId)
                            .filter(time -> time.toLocalDate().equals(day))
                            .toList();
                case Next.FreeDays(String doctorId, LocalDate after) ->
                    free(doctorId)
                            .filter(time -> after == null || time.toLocalDate().isAfter(after))
                            .collect(Collectors.groupingBy(
                                    LocalDateTime::toLocalDate, TreeMap::new, Collectors.toList()))
                            .values()
                            .stream()
                            .map(List::getFirst)
                            .limit(Next.FreeDays.DAYS_MAX)
                            .toList();
            };
        }

        private static Stream<LocalDateTime> free(String doctorId) {
            return doctorId.equals("sen")
                    ? Stream.of()
                    : IntStream.range(0, 200)
                            .mapToObj(i -> NOW.toLocalDate()
                                    .atTime(9, 0)
                                    .plusDays(i / 16)
                                    .plusMinutes(i % 16 * 30L))
                            .filter(time -> time.isAfter(NOW));
        }
    }

    @Property
    void there_is_an_answer_to_any_messages_in_any_order(
            @ForAll("messages") List<String> messages, @ForAll("outcomes") Outcome outcome, @ForAll boolean hasVisits) {
        Player player = new Player(hasVisits ? VISITS : List.of(), outcome);

        for (String message : messages) {
            assertThat(player.say(message)).isNotNull();
        }
    }

    @Property
    void there_is_an_answer_to_any_text_at_any_stage(
            @ForAll @StringLength(max = 10_000) String text, @ForAll("messages") List<String> before) {
        Player player = new Player(VISITS, new Outcome.Taken());
        before.forEach(message -> {
            Next.Say _ = player.say(message);
        });

        assertThat(player.say(text).text().length()).isLessThan(1_600);
    }

    @Provide
    Arbitrary<List<String>> messages() {
        return Arbitraries.of(
                        "hi",
                        "1",
                        "2",
                        "3",
                        "4",
                        "9",
                        "book",
                        "fever",
                        "rash",
                        "tooth",
                        "chest pain",
                        "Dr Rao",
                        "any",
                        "tomorrow",
                        "kal",
                        "next friday",
                        "25/11",
                        "03/04",
                        "yesterday",
                        "31 feb",
                        "sunday",
                        "10",
                        "5",
                        "10:30",
                        "4 pm",
                        "morning",
                        "more",
                        "Asha Rao, 34",
                        "Asha",
                        "yes",
                        "no",
                        "change",
                        "back",
                        "cancel",
                        "reschedule",
                        "my appointments",
                        "start over",
                        "help",
                        "person",
                        "idiot",
                        "blah",
                        "हाँ",
                        "हिंदी",
                        "english",
                        "😀",
                        "",
                        "thanks",
                        "12345678",
                        "http://x.example",
                        "कल सुबह 10 बजे")
                .list()
                .ofMaxSize(25);
    }

    @Provide
    Arbitrary<Outcome> outcomes() {
        return Arbitraries.of(
                new Outcome.Done("APT0000000009"),
                new Outcome.Taken(),
                new Outcome.TooLate(2),
                new Outcome.Gone(),
                new Outcome.Refused());
    }

    @Test
    void three_misunderstandings_in_a_row_offer_a_person_and_a_good_answer_starts_to_count_anew() {
        Player player = new Player(List.of(), new Outcome.Taken());
        List<String> answers = new ArrayList<>();

        for (String text : List.of("hi", "gra", "grb", "book", "fever", "gra", "grb", "grc", "grd")) {
            answers.add(player.say(text).text());
        }

        assertThat(answers.stream()
                        .map(answer -> answer.contains("+911140001234"))
                        .toList())
                .containsExactly(false, false, false, false, false, false, false, true, false);
    }

    @Test
    void an_answer_after_an_hour_is_no_answer_to_what_was_asked() {
        Player player = new Player(List.of(), new Outcome.Taken());
        Next.Say _ = player.say("fever");

        Next.Say late = player.say(new Heard("1", Said.of("1"), null, null, Enclosed.NOTHING, true));

        assertThat(late.text())
                .startsWith("You have been away for more than an hour")
                .contains("Sunrise Clinic");
        assertThat(late.talk().stage()).isEqualTo(Stage.GREETING);
    }

    @Test
    void a_button_of_an_earlier_question_is_not_taken_for_a_choice_of_this_one() {
        Player player = new Player(List.of(), new Outcome.Taken());
        Next.Say _ = player.say("fever");

        Next.Say old = player.say(Heard.of("Book an appointment", "1", "Book an appointment", Enclosed.NOTHING, false));
        Next.Say right = player.say(Heard.of("Dr Iyer", "2", "Dr Iyer", Enclosed.NOTHING, false));

        assertThat(old.talk().stage()).isEqualTo(Stage.DOCTOR);
        assertThat(right.talk().plan().doctorId()).isEqualTo("iyer");
    }

    @Test
    void a_day_that_is_said_along_with_the_doctor_is_heard() {
        Player player = new Player(List.of(), new Outcome.Taken());

        Next.Say said = player.say("I want to see Dr Khan tomorrow at 10:30");

        assertThat(said.talk().stage()).isEqualTo(Stage.DETAILS);
        assertThat(said.talk().plan().at()).isEqualTo(LocalDateTime.parse("2026-11-25T10:30"));
    }

    @Test
    void a_visit_that_cannot_move_stays_as_it_is_and_no_other_is_booked_instead() {
        Visit ofNobody = new Visit("APT0000000003", "", "Sunrise Clinic", NOW.plusDays(3));
        Visit ofOneWithoutTime = new Visit("APT0000000004", "sen", "Dr Sen", NOW.plusDays(3));
        for (Visit visit : List.of(ofNobody, ofOneWithoutTime)) {
            Player player = new Player(List.of(visit), new Outcome.Done("APT0000000009"));

            Next.Say said = player.say("I want to reschedule my appointment");

            assertThat(said.text())
                    .startsWith("There is no other free time")
                    .contains(visit.doctorName(), "+911140001234");
            assertThat(said.talk().stage()).isEqualTo(Stage.OVER);
            assertThat(said.choices()).isEmpty();
            assertThat(player.actions).isZero();
        }
    }

    @Property
    void whoever_moves_a_visit_never_books_another(@ForAll("answers") List<String> answers, @ForAll boolean isThere) {
        Visit visit = isThere ? VISITS.getFirst() : new Visit("APT0000000003", "", "Sunrise Clinic", NOW.plusDays(3));
        Player player = new Player(List.of(visit), new Outcome.Taken());
        Next.Say said = player.say("reschedule");

        for (String answer : answers) {
            if (said.talk().stage() == Stage.OVER) {
                return;
            }
            said = player.say(answer);

            assertThat(said.talk().stage() == Stage.OVER || said.talk().plan().isOfVisit())
                    .isTrue();
        }
    }

    @Provide
    Arbitrary<List<String>> answers() {
        return Arbitraries.of(
                        "1",
                        "2",
                        "4",
                        "9",
                        "tomorrow",
                        "31/12",
                        "yesterday",
                        "any",
                        "more",
                        "change",
                        "back",
                        "10:30",
                        "fever",
                        "yes")
                .list()
                .ofMaxSize(12);
    }

    @Test
    void a_visit_that_is_gone_in_the_middle_is_said_to_be_gone() {
        for (List<String> before : List.of(List.of("1"), List.of("1", "1"), List.of("1", "1", "2"))) {
            Player player = new Player(VISITS.subList(0, 1), new Outcome.Done("APT0000000009"));
            Next.Say _ = player.say("reschedule");
            before.forEach(answer -> {
                Next.Say _ = player.say(answer);
            });
            player.visits = List.of();

            Next.Say said = player.say(player.talk.stage() == Stage.CONFIRMATION ? "yes" : "back");

            assertThat(said.text()).startsWith("This appointment cannot be changed any more.");
            assertThat(player.actions).isZero();
        }
    }

    @Test
    void yes_and_no_answer_the_question_whether_to_book() {
        Player player = new Player(List.of(), new Outcome.Taken());

        Next.Say _ = player.say("my appointments");
        assertThat(player.say("yes").talk().stage()).isEqualTo(Stage.SYMPTOMS);
        Next.Say _ = player.say("my appointments");
        assertThat(player.say("no").text()).startsWith("Good, nothing was booked.");
    }
}
