package io.heliograph.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

@AnalyzeClasses(packages = "io.heliograph.simulator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("io.heliograph.simulator.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_ledger_knows_nobody = noClasses()
            .that()
            .resideInAPackage("..simulator.ledger..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..script..", "..callbacks..", "..twilio..", "..control..", "..simulator.http..");

    @ArchTest
    static final ArchRule time_and_chance_are_handed_in = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(Clock.class, "systemUTC");
}
