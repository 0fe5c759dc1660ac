package io.qdqlint.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qdqlint.rewrite.Exactness;
import org.junit.jupiter.api.Test;

class ChangeTest {
    @Test
    void severalPartsAreAsTheLeastExactOfThemInAnyOrder() {
        for (Exactness first : Exactness.values()) {
            for (Exactness second : Exactness.values()) {
                Change change = new Change().says(first, 1, "a").alsoSays(second, 0, "b");
                Exactness least = first.compareTo(second) > 0 ? first : second;
                assertEquals(least, change.exactness, first + ", " + second);
                assertEquals(1, change.bound);
            }
        }
    }
}
