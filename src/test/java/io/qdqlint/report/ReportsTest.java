package io.qdqlint.report;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ReportsTest {
    @Test
    void everyNameHasItsReport() {
        for (Reports command : Reports.values()) {
            command.names().forEach(n -> assertEquals(n, command.named(n).name()));
        }
        assertEquals("text", Reports.CHECK.names().get(0));
    }

    /** Their classes cost a text run a tenth of a second. */
    @Test
    void textNeedsNeitherJacksonNorFreemarkerNorElk() {
        noClasses()
                .that()
                .resideInAnyPackage("io.qdqlint.report", "io.qdqlint.report.text")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml..", "freemarker..", "org.eclipse..", "org.commonmark..", "..draw..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.qdqlint.report"));
    }
}
