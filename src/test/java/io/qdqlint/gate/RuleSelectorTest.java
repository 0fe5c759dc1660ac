package io.qdqlint.gate;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RuleSelectorTest {
    @Test
    void aRuleIsNamedByIdPrefixSlugOrCategory() {
        for (String selector : new String[] {"QDQ204", "qdq2", " QDQ204 ", "qdq-on-conv-branch-of-add", "placement"}) {
            assertTrue(RuleSelector.matches(selector, "QDQ204", "qdq-on-conv-branch-of-add"), selector);
        }
        for (String selector : new String[] {"QDQ2041", "QDQ1", "qdq-on", "scale", "place"}) {
            assertFalse(RuleSelector.matches(selector, "QDQ204", "qdq-on-conv-branch-of-add"), selector);
        }
    }

    @Test
    void aUsersIdHasNoCategoryOfQdqlint() {
        assertFalse(RuleSelector.matches("placement", "BOX201", "too-large"));
        assertTrue(RuleSelector.matches("BOX", "BOX201", "too-large"));
    }
}
