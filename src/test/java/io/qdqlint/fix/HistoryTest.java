package io.qdqlint.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.qdqlint.ir.Node;
import io.qdqlint.onnx.OnnxTextReader;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.RemovePair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final String PAIR = """
            <ir_version: 8, opset_import: ["" : 13]>
            g (float[1,4] x) => (float[1,4] y)
            <float s = {0.1}, int8 z = {0}>
            {
              q = QuantizeLinear(x, s, z)
              y = DequantizeLinear(q, s, z)
            }
            """;

    /** QDQ204 would remove pairs between convolution and Add that QDQ703 inserts, and QDQ703 would insert them again. */
    @Test
    void aRuleDoesNotRemoveThePairThatACandidateInserted() throws IOException {
        List<Node> nodes =
                OnnxTextReader.parse(PAIR, Path.of("m.onnxtxt")).graph().nodes();
        RemovePair edit =
                new RemovePair("QDQ204", nodes.get(0), nodes.get(0), nodes.get(1), Exactness.CHANGES_NUMERICS);
        History history = new History();
        assertNull(history.against(edit));
        history.keep(Set.of("q"));
        assertEquals(
                "this fix added the pair, and the forecast is better with it",
                history.copy().against(edit));
        assertNull(history.forCandidates().against(edit));
    }
}
