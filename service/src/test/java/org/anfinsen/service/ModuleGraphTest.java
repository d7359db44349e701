package org.anfinsen.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.anfinsen.pipeline.job.PredictionStore;

/** The arrows between modules, and who may see which library. */
@AnalyzeClasses(packages = "org.anfinsen", importOptions = ImportOption.DoNotIncludeTests.class)
final class ModuleGraphTest {

    @ArchTest
    static void arrowsBetweenModulesNeverTurnRound(JavaClasses classes) {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("protein")
                .definedBy("org.anfinsen.protein..")
                .layer("structure")
                .definedBy("org.anfinsen.structure..")
                .layer("msa")
                .definedBy("org.anfinsen.msa..")
                .layer("network")
                .definedBy("org.anfinsen.network..")
                .layer("pipeline")
                .definedBy("org.anfinsen.pipeline..")
                .layer("db")
                .definedBy("org.anfinsen.db..")
                .layer("service")
                .definedBy("org.anfinsen.service..")
                .whereLayer("service")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("db")
                .mayOnlyBeAccessedByLayers("service")
                .whereLayer("pipeline")
                .mayOnlyBeAccessedByLayers("db", "service")
                .whereLayer("structure")
                .mayOnlyBeAccessedByLayers("pipeline", "service")
                .whereLayer("msa")
                .mayOnlyBeAccessedByLayers("pipeline", "service")
                .whereLayer("network")
                .mayOnlyBeAccessedByLayers("pipeline", "service")
                .check(classes);
    }

    @ArchTest
    static void onlyNetworkSeesTheEngine(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.anfinsen.network..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..", "ai.onnxruntime..", "com.google.protobuf..", "org.tribuo..")
                .check(classes);
    }

    @ArchTest
    static void onlyDbSeesJdbcAndSql(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.anfinsen.db..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.postgresql..", "org.springframework.jdbc..", "org.flywaydb..")
                .check(classes);
    }

    /** Clocks of machines that share a database may differ, and be set. */
    @ArchTest
    static void theDatabasesClockAloneDecidesAboutJobs(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAnyPackage("org.anfinsen.db", "org.anfinsen.db.access", "org.anfinsen.pipeline.job")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(classes);
    }

    /** Whose a job is, is asked in one place. */
    @ArchTest
    static void controllersFindJobsThroughJobs(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAPackage("org.anfinsen.service..")
                .and()
                .doNotHaveSimpleName("Jobs")
                .and()
                .doNotHaveSimpleName("EventStream")
                .should()
                .callMethod(PredictionStore.class, "find", UUID.class)
                .check(classes);
    }

    @ArchTest
    static void onlyServiceSeesHttp(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.anfinsen.service..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework.web..", "org.springframework.http..", "jakarta.servlet..", "picocli..")
                .check(classes);
    }

    @ArchTest
    static void librariesOfTheFieldAreFreeOfSpring(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.anfinsen.protein..",
                        "org.anfinsen.structure..",
                        "org.anfinsen.msa..",
                        "org.anfinsen.network..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(classes);
    }

    @ArchTest
    static void bioJavaStaysInsideMsaAndStructure(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.anfinsen.msa..", "org.anfinsen.structure..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.biojava..")
                .check(classes);
    }

    @ArchTest
    static void packagesOfTheServiceAreFreeOfCycles(JavaClasses classes) {
        slices().matching("org.anfinsen.service.(*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    @ArchTest
    static void controllersAreNotPublic(JavaClasses classes) {
        classes()
                .that()
                .haveSimpleNameEndingWith("Controller")
                .should()
                .notHaveModifier(JavaModifier.PUBLIC)
                .check(classes);
    }
}
