package io.heliograph.gateway.booking.hearing;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.gateway.booking.hearing.SymptomTable.Symptom;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What whole messages ask for, and what symptoms lead to. */
class WordsTest {
    private static final Words WORDS = Words.read();

    private static final SymptomTable TABLE = new SymptomTable(List.of(
            Symptom.of("chest pain", "cardiology", true),
            Symptom.of("chest", "pulmonology", false),
            Symptom.of("fever", "general", false),
            Symptom.of("बुखार", "general", false),
            Symptom.of("skin rash", "dermatology", false),
            Symptom.of("itching", "dermatology", false),
            Symptom.of("bleeding", null, true)));

    @ParameterizedTest
    @CsvSource({
        "start over, START_OVER",
        "Please start over!, START_OVER",
        "फिर से शुरू करो, START_OVER",
        "HELP, HELP",
        "मदद, HELP",
        "Cancel, CANCEL",
        "I want to cancel my appointment please, CANCEL",
        "cancle, CANCEL",
        "रद्द करें, CANCEL",
        "reschedule, MOVE",
        "can you reschedule my appointment, MOVE",
        "my appointments, VISITS",
        "book an appointment, BOOK",
        "Yes, 'YES'",
        "haan ji, ",
        "ji haan, 'YES'",
        "हाँ, 'YES'",
        "nahi, 'NO'",
        "don't, 'NO'",
        "talk to a person, PERSON",
        "thank you!, THANKS",
        "back, BACK",
        "book, BOOK",
        "हिंदी, HINDI",
        "my father cannot sleep and wants to cancel everything, ",
        "'', "
    })
    void a_whole_message_is_a_command(String text, Command command) {
        assertThat(WORDS.command(Said.of(text))).isEqualTo(command);
    }

    @ParameterizedTest
    @CsvSource({
        "I have a fever, general",
        "fevr since yesterday, general",
        "बुख़ार है, general",
        "Chest Pain!!, cardiology",
        "pain in the chest, pulmonology",
        "itchign and a skin rahs, dermatology",
        "fever with skin rash, dermatology",
        "I like trains, none"
    })
    void symptoms_lead_to_a_kind_of_doctor_also_with_a_slip(String text, String kind) {
        List<String> kinds = TABLE.meaning(Said.of(text)).specialisations();

        assertThat(kinds.isEmpty() ? "none" : kinds.getFirst()).isEqualTo(kind);
    }

    @Test
    void what_cannot_wait_is_known_in_the_middle_of_a_sentence() {
        assertThat(TABLE.meaning(Said.of("my nose is bleading a lot")).urgent()).isTrue();
        assertThat(TABLE.meaning(Said.of("my chest hurts a bit")).urgent()).isFalse();
    }

    @Test
    void a_name_that_is_one_slip_away_from_an_urgent_word_is_a_name() {
        assertThat(TABLE.meaning(Said.of("Bleding Singh"), false).urgent()).isFalse();
        assertThat(TABLE.meaning(Said.of("my nose is bleeding"), false).urgent())
                .isTrue();
        assertThat(TABLE.meaning(Said.of("my nose is bleding"), true).urgent()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "fever, fever, true",
        "fever, fevr, true",
        "fever, feever, true",
        "fever, fevor, true",
        "fever, feevr, true",
        "fever, fveer, true",
        "fever, fevre, true",
        "fever, fee, false",
        "fever, fevers, true",
        "fever, forever, false",
        "fever, fivor, false",
        "back, book, false",
        "back, bakc, false"
    })
    void one_slip_is_forgiven_in_words_that_are_long_enough(String meant, String word, boolean same) {
        assertThat(Slips.same(word, meant)).isEqualTo(same);
    }

    @Property
    void any_text_is_heard_without_failing(@ForAll @StringLength(max = 10_000) String text) {
        Said said = Said.of(text);

        assertThat(said.text().length()).isLessThanOrEqualTo(Said.READ_MAX * 20);
        assertThat(TABLE.meaning(said)).isNotNull();
        assertThat(WORDS.command(said) == null || !said.isWordless()).isTrue();
    }
}
