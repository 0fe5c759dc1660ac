package io.qdqlint;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.qdqlint.finding.Cost;

/** Who may know whom. Each library has one package that knows it, so that it can be replaced there. */
@AnalyzeClasses(packages = "io.qdqlint", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] DATA = {
        "io.qdqlint.ir..", "io.qdqlint.forecast..", "io.qdqlint.finding..", "io.qdqlint.rewrite.."
    };

    private static final String[] CORE = {
        "io.qdqlint",
        "io.qdqlint.author..",
        "io.qdqlint.concept..",
        "io.qdqlint.fact..",
        "io.qdqlint.finding..",
        "io.qdqlint.fix..",
        "io.qdqlint.forecast..",
        "io.qdqlint.ir..",
        "io.qdqlint.lint..",
        "io.qdqlint.onnx..",
        "io.qdqlint.resource..",
        "io.qdqlint.rewrite..",
        "io.qdqlint.rules..",
        "qdqlint.."
    };

    @ArchTest
    static final ArchRule irKnowsNothingOfOurs = classes()
            .that()
            .resideInAPackage("io.qdqlint.ir..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.qdqlint.ir..", "java..", "edu.umd.cs.findbugs.annotations..");

    @ArchTest
    static final ArchRule dataKnowsOnlyData = noClasses()
            .that()
            .resideInAnyPackage(DATA)
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(concat(DATA, "java..", "edu.umd.cs.findbugs.annotations.."));

    @ArchTest
    static final ArchRule factsAndConceptsKnowOnlyData = classes()
            .that()
            .resideInAnyPackage("io.qdqlint.fact..", "io.qdqlint.concept..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(concat(
                    DATA,
                    "io.qdqlint.fact..",
                    "io.qdqlint.concept..",
                    "io.qdqlint.resource..",
                    "java..",
                    "edu.umd.cs.."));

    /** The places and words of a report are the lint rules'. */
    @ArchTest
    static final ArchRule conceptsReportNothing = noClasses()
            .that()
            .resideInAPackage("io.qdqlint.concept..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.qdqlint.finding..").and(not(type(Cost.class))));

    @ArchTest
    static final ArchRule onlyOnnxKnowsProtobuf = onlyIn("onnx", "com.google.protobuf..");

    @ArchTest
    static final ArchRule onlyRulesAndAuthorKnowDrools = noClasses()
            .that()
            .resideOutsideOfPackages("io.qdqlint.rules..", "io.qdqlint.author..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.drools..", "org.kie..");

    @ArchTest
    static final ArchRule compilingKnowsNoRunning = noClasses()
            .that()
            .resideInAPackage("io.qdqlint.rules.compile..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.qdqlint.rules.run..");

    @ArchTest
    static final ArchRule compiledRulesKnowNoCompilerOrSession = noClasses()
            .that()
            .resideInAPackage("io.qdqlint.rules")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.qdqlint.rules.compile..", "io.qdqlint.rules.run..");

    /** The rules are handed whatever facts there are: what those mean is known to the linter alone. */
    @ArchTest
    static final ArchRule rulesKnowNoConcepts = noClasses()
            .that()
            .resideInAPackage("io.qdqlint.rules..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.qdqlint.concept..", "io.qdqlint.author..", "io.qdqlint.lint..");

    @ArchTest
    static final ArchRule onlyReportKnowsFreemarker = onlyIn("report", "freemarker..");

    @ArchTest
    static final ArchRule onlyDrawKnowsElk = onlyIn("draw", "org.eclipse..");

    @ArchTest
    static final ArchRule onlyVerifyKnowsOnnxRuntime = onlyIn("verify", "ai.onnxruntime..");

    /** Its process is the only one that has their libraries. */
    @ArchTest
    static final ArchRule onlyEmbeddedKnowsTensorRtsJava = onlyIn("trt.embedded", "org.bytedeco..", "com.sun.jna..");

    @ArchTest
    static final ArchRule nobodyCallsEmbedded = noClasses()
            .that()
            .resideOutsideOfPackage("io.qdqlint.trt.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.qdqlint.trt.embedded..");

    @ArchTest
    static final ArchRule onlyGateKnowsPlexus = onlyIn("gate", "org.codehaus.plexus..");

    @ArchTest
    static final ArchRule onlyCliKnowsPicocli = onlyIn("cli", "picocli..");

    /** Reports are written as JSON; configurations, baselines, engine descriptions of TensorRT and calibration files are read as JSON. */
    @ArchTest
    static final ArchRule onlyReportTrtFixGateAndTuneKnowJackson = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.qdqlint.report..",
                    "io.qdqlint.trt..",
                    "io.qdqlint.fix..",
                    "io.qdqlint.gate..",
                    "io.qdqlint.tune..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule nobodyKnowsCli = noClasses()
            .that()
            .resideOutsideOfPackage("io.qdqlint.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.qdqlint.cli..");

    @ArchTest
    static final ArchRule lintingReadsAndWritesNoFiles = noClasses()
            .that()
            .resideInAnyPackage("io.qdqlint.author..", "io.qdqlint.lint..", "io.qdqlint.rules..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.qdqlint.onnx..", "io.qdqlint.report..", "io.qdqlint.fix..", "io.qdqlint.trt..");

    /** These are in qdqlint-core, whose pom has only these libraries. */
    @ArchTest
    static final ArchRule coreKnowsOnlyCore = classes()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(concat(
                    CORE,
                    "java..",
                    "edu.umd.cs.findbugs.annotations..",
                    "org.drools..",
                    "org.kie..",
                    "com.google.protobuf..",
                    "com.fasterxml.jackson.core..",
                    "com.fasterxml.jackson.databind.."));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.qdqlint.(*)..").should().beFreeOfCycles();

    private static ArchRule onlyIn(String owner, String... libraries) {
        return noClasses()
                .that()
                .resideOutsideOfPackage("io.qdqlint." + owner + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries);
    }

    private static String[] concat(String[] some, String... more) {
        String[] all = java.util.Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
