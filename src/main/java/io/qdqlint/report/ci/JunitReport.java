package io.qdqlint.report.ci;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.RuleCatalogue;
import io.qdqlint.gate.Judgement;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.FixOffer;
import io.qdqlint.report.Printable;
import io.qdqlint.report.Report;
import io.qdqlint.report.Run;
import io.qdqlint.report.Tally;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Findings as JUnit XML, which most CI servers show: a suite for each model, a failed case for each finding that fails
 * the call and each budget that is exceeded, a passed one for each other finding. A model without findings is one passed case.
 */
public final class JunitReport implements Report {
    private static final int SENTENCE = 2000;

    /** Nodes of a finding that are listed. */
    private static final int NODES = 20;

    private static final String CLEAN = "no findings";

    @Override
    public String name() {
        return "junit";
    }

    @Override
    public void write(Run run, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(writer);
            xml.writeStartDocument("UTF-8", "1.0");
            line(xml);
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", "qdqlint");
            line(xml);
            for (Diagnosis diagnosis : run.diagnoses()) {
                model(xml, diagnosis, run);
            }
            for (Run.Unreadable file : run.unreadable()) {
                suite(xml, file.file(), 1, 0, 1);
                testCase(xml, "qdqlint", "readable");
                detail(xml, "error", "unreadable", file.message(), "");
                xml.writeEndElement();
                line(xml);
                xml.writeEndElement();
                line(xml);
            }
            xml.writeEndElement();
            line(xml);
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        writer.flush();
    }

    private static void model(XMLStreamWriter xml, Diagnosis diagnosis, Run run) throws XMLStreamException {
        Judgement gate = run.judgement(diagnosis);
        RuleCatalogue catalogue = run.catalogue().get();
        Tally tally = Tally.of(diagnosis.findings());
        String file = diagnosis.model().file().toString();
        int failures = (int) diagnosis.findings().stream()
                .filter(f -> gate.fails(f.severity()))
                .count();
        int cases = tally.total() + gate.breaches().size();
        suite(xml, file, Math.max(1, cases), failures + gate.breaches().size(), 0);
        for (String breach : gate.breaches()) {
            testCase(xml, "qdqlint", "budget");
            detail(xml, "failure", "budget", breach, "");
            xml.writeEndElement();
            line(xml);
        }
        if (cases == 0) {
            testCase(xml, "qdqlint", CLEAN);
            xml.writeEndElement();
            line(xml);
        }
        for (Finding f : diagnosis.findings()) {
            testCase(xml, f.ruleId() + " " + f.slug(), f.node().name());
            String remedy = f.remedy().isBlank() ? "" : "Fix: " + Printable.line(f.remedy(), SENTENCE);
            String cost = Amounts.cost(f.cost(), "");
            String nodes = f.count() > 1 ? "\nAt: " + Amounts.names(nodes(f), NODES) : "";
            List<String> fix = FixOffer.arguments(f.ruleId(), catalogue, file);
            String rest = remedy
                    + (cost.isEmpty() ? "" : "\nCost: " + cost)
                    + (fix.isEmpty() ? "" : "\nCommand: qdqlint " + String.join(" ", fix) + " -o FIXED.onnx")
                    + nodes;
            if (!gate.fails(f.severity())) {
                xml.writeStartElement("system-out");
                xml.writeCharacters(Printable.line(f.message(), SENTENCE));
                xml.writeEndElement();
            } else {
                detail(xml, "failure", f.severity().word(), f.message(), rest);
            }
            xml.writeEndElement();
            line(xml);
        }
        xml.writeEndElement();
        line(xml);
    }

    private static List<String> nodes(Finding f) {
        return f.places().stream().map(p -> p.node().name()).toList();
    }

    private static void suite(XMLStreamWriter xml, String file, int tests, int failures, int errors)
            throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", Printable.line(file, SENTENCE));
        xml.writeAttribute("tests", Integer.toString(tests));
        xml.writeAttribute("failures", Integer.toString(failures));
        xml.writeAttribute("errors", Integer.toString(errors));
        line(xml);
    }

    private static void testCase(XMLStreamWriter xml, String group, String name) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", Printable.line(group, SENTENCE));
        xml.writeAttribute("name", Printable.line(name, SENTENCE));
    }

    private static void detail(XMLStreamWriter xml, String element, String type, String message, String rest)
            throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("type", type);
        xml.writeAttribute("message", Printable.line(message, SENTENCE));
        for (String part : rest.lines().toList()) {
            xml.writeCharacters(Printable.line(part, SENTENCE) + "\n");
        }
        xml.writeEndElement();
    }

    private static void line(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeCharacters("\n");
    }
}
