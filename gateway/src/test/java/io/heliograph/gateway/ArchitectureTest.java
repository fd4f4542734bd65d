package io.heliograph.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.heliograph.gateway.messages.AcceptMessage;
import io.heliograph.gateway.messages.CancelStore;
import io.heliograph.gateway.messages.Origins;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.UUID;

/** The arrows between the packages, and the habits that a compiler does not hold. */
@AnalyzeClasses(packages = "io.heliograph.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String HOUSE = "io.heliograph.gateway";
    private static final String HTTP = HOUSE + ".http..";
    private static final String OUTBOX = HOUSE + ".outbox..";
    private static final String ACCOUNTS = HOUSE + ".accounts..";
    private static final String MESSAGES = HOUSE + ".messages..";
    private static final String TURNS = HOUSE + ".turns..";

    @ArchTest
    static final ArchRule slices_know_only_what_all_may_use_and_the_door_of_messages = slices().matching(
                    HOUSE + ".(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAnyPackage(HTTP, OUTBOX, ACCOUNTS))
            // Whatever talks with people is handed what they write.
            .ignoreDependency(alwaysTrue(), resideInAPackage(TURNS))
            // Who is asked for blood, and in which words, is decided and written as all that users are told.
            .ignoreDependency(
                    resideInAPackage(HOUSE + ".sos.."),
                    resideInAnyPackage(
                            HOUSE + ".notifications.catalog..",
                            HOUSE + ".notifications.consents..",
                            HOUSE + ".notifications.deciding..",
                            HOUSE + ".notifications.settings..",
                            HOUSE + ".notifications.telling..",
                            HOUSE + ".notifications.users.."))
            // What another API needs to make the same messages, and to take them back.
            .ignoreDependency(alwaysTrue(), resideInAPackage(HOUSE + ".messages.fields.."))
            // What has to tell people of changes of its own tells them as an event does.
            .ignoreDependency(
                    resideInAPackage(HOUSE + ".appointments.."),
                    resideInAnyPackage(
                            HOUSE + ".notifications.catalog..",
                            HOUSE + ".notifications.deciding..",
                            HOUSE + ".notifications.telling..",
                            HOUSE + ".notifications.consents..",
                            HOUSE + ".notifications.users.."))
            // Whoever books by writing books by the door that there is, and reads what it answers.
            .ignoreDependency(
                    resideInAPackage(HOUSE + ".booking.."),
                    resideInAnyPackage(HOUSE + ".appointments..", HOUSE + ".notifications.catalog.."))
            .ignoreDependency(alwaysTrue(), belongToAnyOf(AcceptMessage.class, Origins.class, CancelStore.class));

    @ArchTest
    static final ArchRule what_all_may_use_knows_no_slice = noClasses()
            .that(resideInAnyPackage(HTTP, OUTBOX, ACCOUNTS))
            .should()
            .dependOnClassesThat(resideInAnyPackage(MESSAGES, HOUSE + ".callbacks..", HOUSE + ".ledger.."));

    @ArchTest
    static final ArchRule http_knows_nothing_of_the_rest = noClasses()
            .that(resideInAPackage(HTTP))
            .should()
            .dependOnClassesThat(resideInAnyPackage(OUTBOX, ACCOUNTS, MESSAGES));

    @ArchTest
    static final ArchRule packages_form_no_cycle =
            slices().matching(HOUSE + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_stores_talk_to_the_database = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Store")
            .should()
            .callMethodWhere(target(owner(assignableTo(SqlClient.class)))
                    .and(target(nameMatching("query|preparedQuery|prepare|begin|withTransaction|withConnection"))))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Query.class);

    @ArchTest
    static final ArchRule time_ids_and_chance_are_handed_in = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule names_are_job_descriptions = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Helper|Util|Utils|Service|Processor|Base|Data|Info)");

    @ArchTest
    static final ArchRule classes_are_final_records_enums_or_interfaces = classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .should()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule nobody_waits_for_a_future_on_an_event_loop = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Receipts")
            .and()
            .haveSimpleNameNotEndingWith("Loops")
            .and()
            .doNotHaveSimpleName("CreateApiKey")
            .and()
            .doNotHaveSimpleName("EventTail")
            .and()
            // On a virtual thread of its own.
            .doNotHaveSimpleName("ReadUpload")
            .should()
            .callMethodWhere(target(name("await")));
}
