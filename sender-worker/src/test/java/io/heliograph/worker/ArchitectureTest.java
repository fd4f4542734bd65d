package io.heliograph.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the worker's packages, and the habits that a reviewer would have to look for. */
@AnalyzeClasses(packages = "io.heliograph.worker", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule SLICES_HAVE_NO_CYCLES =
            slices().matching("io.heliograph.worker.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ARROWS_POINT_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("wiring")
            .definedBy("io.heliograph.worker")
            .layer("intake")
            .definedBy("..intake..")
            .layer("delivery")
            .definedBy("..delivery..")
            .layer("unknown")
            .definedBy("..unknown..")
            .layer("ledger")
            .definedBy("..ledger..")
            .layer("recipients")
            .definedBy("..recipients..")
            .layer("receipts")
            .definedBy("..receipts..")
            .layer("guards")
            .definedBy("..guard..")
            .layer("limits")
            .definedBy("..limits..")
            .layer("providers")
            .definedBy("..sms..", "..email..", "..push..", "..dryrun..")
            .layer("transport")
            .definedBy("io.heliograph.worker.http..")
            .layer("senders")
            .definedBy("..senders..")
            .layer("routing")
            .definedBy("io.heliograph.worker.routing..")
            .whereLayer("wiring")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("intake")
            .mayOnlyBeAccessedByLayers("wiring", "delivery")
            .whereLayer("delivery")
            .mayOnlyBeAccessedByLayers("wiring")
            .whereLayer("unknown")
            .mayOnlyBeAccessedByLayers("wiring", "delivery")
            .whereLayer("ledger")
            .mayOnlyBeAccessedByLayers("wiring", "delivery", "unknown", "limits", "recipients")
            .whereLayer("recipients")
            .mayOnlyBeAccessedByLayers("wiring", "delivery")
            .whereLayer("receipts")
            .mayOnlyBeAccessedByLayers("wiring")
            .whereLayer("limits")
            .mayOnlyBeAccessedByLayers("wiring", "guards", "intake", "delivery")
            .whereLayer("senders")
            .mayOnlyBeAccessedByLayers("wiring", "guards")
            .whereLayer("guards")
            .mayOnlyBeAccessedByLayers("wiring")
            .whereLayer("providers")
            .mayOnlyBeAccessedByLayers("wiring")
            .whereLayer("transport")
            .mayOnlyBeAccessedByLayers("providers")
            .whereLayer("routing")
            .mayOnlyBeAccessedByLayers("wiring");

    @ArchTest
    static final ArchRule NAMES_ARE_JOB_DESCRIPTIONS =
            noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Utils?|Service|Processor|Base|Data|Info)");

    @ArchTest
    static final ArchRule DECISIONS_ARE_HANDED_TIME_AND_CHANCE = noClasses()
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule ONLY_STORES_SPEAK_SQL = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Store")
            .and()
            .resideOutsideOfPackage("io.heliograph.worker")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.sqlclient..");

    @ArchTest
    static final ArchRule ONLY_THE_EMAIL_SLICE_KNOWS_THE_MAIL_CLIENT = noClasses()
            .that()
            .resideOutsideOfPackage("..email..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.ext.mail..");

    @ArchTest
    static final ArchRule ONLY_THE_PUSH_SLICE_KNOWS_THE_LIBRARIES_FOR_IT = noClasses()
            .that()
            .resideOutsideOfPackage("..push..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("nl.martijndwars..", "org.bouncycastle..");

    @ArchTest
    static final ArchRule ONLY_THE_TWILIO_SLICE_KNOWS_TWILIOS_SDK = noClasses()
            .that()
            .resideOutsideOfPackage("..sms..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.twilio..");
}
