package io.heliograph.providers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The routing table knows nothing of secrets, and one package knows what YAML is made of. */
@AnalyzeClasses(packages = "io.heliograph.providers", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ARROWS_POINT_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("file")
            .definedBy("io.heliograph.providers.file..")
            .layer("accounts")
            .definedBy("io.heliograph.providers")
            .layer("routing")
            .definedBy("io.heliograph.providers.routing")
            .layer("yaml")
            .definedBy("io.heliograph.providers.yaml")
            .whereLayer("yaml")
            .mayOnlyBeAccessedByLayers("file")
            .whereLayer("file")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("accounts")
            .mayOnlyBeAccessedByLayers("file");

    @ArchTest
    static final ArchRule ONLY_ONE_PACKAGE_KNOWS_SNAKEYAML = noClasses()
            .that()
            .resideOutsideOfPackage("io.heliograph.providers.yaml")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.yaml..");
}
