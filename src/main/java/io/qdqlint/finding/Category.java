package io.qdqlint.finding;

import java.util.Locale;

/** What a rule is about: the hundred of its id, and the name of its folder under {@code rules/}. */
public enum Category {
    SCALE("quantizers need one scale but have several"),
    PLACEMENT("a node is at a place where it breaks a fusion"),
    REDUNDANT("a pair costs more than it saves"),
    PRECISION("a layer runs in another precision than intended"),
    PARSER("TensorRT's parser stops, or imports something else"),
    LAYER("a layer has no INT8 kernel, or one that does not pay"),
    MISSING("a pair is missing"),
    PRODUCT("only one operand of a matrix product is quantized"),
    ACCURACY("scales lose accuracy");

    private final String meaning;

    Category(String meaning) {
        this.meaning = meaning;
    }

    /** The name of the folder, and what {@code --select} takes. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What its rules report, in a few words. */
    public String meaning() {
        return meaning;
    }

    /** The category of a rule of qdqlint, such as {@code QDQ101}; null for a user's id of another form. */
    public static Category of(String ruleId) {
        if (!ruleId.matches("QDQ[1-9][0-9][0-9]")) {
            return null;
        }
        return values()[ruleId.charAt(3) - '1'];
    }
}
