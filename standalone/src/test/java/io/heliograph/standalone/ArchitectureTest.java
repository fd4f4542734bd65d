package io.heliograph.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;

/** The arrows of the whole house; only this module sees all of it. */
@AnalyzeClasses(packages = "io.heliograph", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] PROCESSES = {
        "io.heliograph.gateway..",
        "io.heliograph.relay..",
        "io.heliograph.worker..",
        "io.heliograph.simulator..",
        "io.heliograph.webhooks.."
    };

    @ArchTest
    static final ArchRule a_gateway_knows_no_other_process = knowsNoOther("io.heliograph.gateway..");

    @ArchTest
    static final ArchRule a_relay_knows_no_other_process = knowsNoOther("io.heliograph.relay..");

    @ArchTest
    static final ArchRule a_worker_knows_no_other_process = knowsNoOther("io.heliograph.worker..");

    @ArchTest
    static final ArchRule a_webhook_sender_knows_no_other_process = knowsNoOther("io.heliograph.webhooks..");

    @ArchTest
    static final ArchRule the_simulator_knows_no_other_process = knowsNoOther("io.heliograph.simulator..");

    @ArchTest
    static final ArchRule what_all_share_knows_none_of_them = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.heliograph.runtime..",
                    "io.heliograph.contract..",
                    "io.heliograph.broker..",
                    "io.heliograph.events..",
                    "io.heliograph.providers..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROCESSES);

    @ArchTest
    static final ArchRule no_process_migrates = noClasses()
            .that()
            .resideInAnyPackage(PROCESSES)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.heliograph.db..");

    @ArchTest
    static final ArchRule a_name_says_what_a_class_does =
            noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Utils?|Service|Processor|Base|Data|Info)");

    private static ArchRule knowsNoOther(String process) {
        String[] others =
                Arrays.stream(PROCESSES).filter(other -> !other.equals(process)).toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(process)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others);
    }
}
