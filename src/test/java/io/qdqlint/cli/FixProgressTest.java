package io.qdqlint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qdqlint.ir.Model;
import io.qdqlint.onnx.OnnxTextReader;
import io.qdqlint.rewrite.Proposal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FixProgressTest {
    private static final String MODEL = """
            <ir_version: 8, opset_import: ["" : 13]>
            g (float[1] x) => (float[1] y) { y = Relu(x) }
            """;

    @Test
    void aLineEveryTenSecondsSaysHowManyForecastsAreMade() throws IOException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Streams streams = new Streams(new Output(OutputStream.nullOutputStream()), new PrintStream(err, true));
        Model model = OnnxTextReader.parse(MODEL, Path.of("m.onnx"));
        AtomicLong seconds = new AtomicLong(5);
        Proposal proposal = Proposal.unjudged(List.of());
        Function<Model, Proposal> lint =
                new FixProgress(streams, 7, () -> seconds.get() * 1_000_000_000L).of(m -> proposal);
        for (int forecast = 1; forecast <= 7; forecast++) {
            seconds.addAndGet(4);
            assertEquals(proposal, lint.apply(model));
        }
        assertEquals("""
                qdqlint: m.onnx: fixing, 3 of at most 7 forecasts (12 s)
                qdqlint: m.onnx: fixing, 6 of at most 7 forecasts (24 s)
                """, err.toString(StandardCharsets.UTF_8));
    }
}
