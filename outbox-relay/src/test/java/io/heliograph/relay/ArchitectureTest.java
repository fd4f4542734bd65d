package io.heliograph.relay;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** The arrows between packages, and the habits of the house. */
@AnalyzeClasses(packages = "io.heliograph.relay", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule only_stores_run_statements = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Store")
            .should()
            .callMethodWhere(target(owner(assignableTo(SqlClient.class)))
                    .and(target(nameMatching("query|preparedQuery|prepare|begin|withTransaction"))))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Query.class);

    @ArchTest
    static final ArchRule time_and_ids_are_handed_in = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule slices_do_not_know_each_other =
            slices().matching("io.heliograph.relay.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule slices_do_not_know_the_wiring = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.heliograph.relay.publish..", "io.heliograph.relay.care..", "io.heliograph.relay.analytics..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.heliograph.relay");

    @ArchTest
    static final ArchRule the_relay_knows_no_other_process = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.heliograph.gateway..",
                    "io.heliograph.worker..",
                    "io.heliograph.simulator..",
                    "io.heliograph.standalone..",
                    "io.heliograph.db..");

    @ArchTest
    static final ArchRule names_are_job_descriptions =
            classes().should().haveNameNotMatching(".*(Impl|Manager|Helper|Utils?|Service|Processor|Base|Data|Info)");
}
