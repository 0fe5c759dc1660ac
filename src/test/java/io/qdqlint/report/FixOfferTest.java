package io.qdqlint.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qdqlint.finding.Cost;
import org.junit.jupiter.api.Test;

class FixOfferTest {
    @Test
    void aNameWithBlanksOrQuotesIsQuoted() {
        assertEquals(
                "qdqlint fix --unsafe 'a b/it'\\''s.onnx' -o FIXED.onnx",
                new FixOffer(2, 1, Cost.NONE, "a b/it's.onnx").command());
    }

    @Test
    void whatIsExactNeedsNoUnsafe() {
        FixOffer offer = new FixOffer(2, 2, new Cost(1, 0, 3), "m.onnx");
        assertEquals("qdqlint fix m.onnx -o FIXED.onnx", offer.command());
        assertEquals("2 findings can be fixed, exactly (3.00 \u00b5s)", offer.sentence());
        assertEquals("2 findings can be fixed, 1 of them exactly", new FixOffer(2, 1, Cost.NONE, "m").sentence());
    }
}
