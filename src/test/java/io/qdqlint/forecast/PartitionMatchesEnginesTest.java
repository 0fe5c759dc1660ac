package io.qdqlint.forecast;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.engine.Linter;
import io.qdqlint.engine.Linters;
import io.qdqlint.ir.Model;
import io.qdqlint.onnx.OnnxReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of the layers that are forecast is in the engines, and the other way round. */
class PartitionMatchesEnginesTest {
    private static final Linter LINTER = Linters.ENGINES;

    @ParameterizedTest
    @CsvSource({
        "trt10.6-h100/lab.zip, 0.95, 0.95",
        "trt10.6-h200/graphs.zip, 0.95, 0.95",
        "trt10.6-h200/further-graphs.zip, 0.95, 0.95",
        "trt10.6-h200/later-graphs.zip, 0.95, 0.95",
        "trt10.6-h200/networks.zip, 0.95, 0.95",
        "trt10.6-h200/variants.zip, 0.95, 0.95",
        "trt10.6-h200/candidates.zip, 0.95, 0.95",
    })
    void layers(String archive, double precision, double recall, @TempDir Path folder) throws IOException {
        EnginePartition partition = new EnginePartition();
        List<String> wrong = new ArrayList<>();
        for (EngineArchive.Built built : EngineArchive.read(archive, folder).models()) {
            if (built.engine() != null) {
                Model model = OnnxReader.read(built.model());
                partition
                        .add(model, LINTER.lint(model).forecast(), built.engine())
                        .forEach(w -> wrong.add(built.name() + ": " + w));
            }
        }
        assertTrue(
                partition.precision() >= precision && partition.recall() >= recall,
                () -> partition + "\n" + String.join("\n", wrong));
    }
}
