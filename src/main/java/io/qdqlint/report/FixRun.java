package io.qdqlint.report;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.fix.Fix;
import io.qdqlint.verify.Verdict;
import java.nio.file.Path;

/**
 * The contents of a report of a fix.
 *
 * @param before what is said of the model as it was
 * @param after what is said of the fixed model
 * @param verdict what ONNX Runtime showed; null where it was not requested
 * @param written where the fixed model lies; null where nothing was written
 * @param version of qdqlint
 */
public record FixRun(Fix fix, Diagnosis before, Diagnosis after, Verdict verdict, Path written, String version) {}
