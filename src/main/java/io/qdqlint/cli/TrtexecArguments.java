package io.qdqlint.cli;

import java.util.ArrayList;
import java.util.List;

/** The arguments after {@code --}: the user's own options for trtexec. */
final class TrtexecArguments {
    private List<String> given = new ArrayList<>();

    /**
     * Declares the arguments, after the model.
     *
     * @param remark completes the help: "further options for trtexec, "
     */
    void declare(Syntax syntax, String remark) {
        syntax.parameter("1..*", "0..*")
                .label("FLAG")
                .says("After '--': further options for trtexec, " + remark)
                .toList(String.class, v -> given = v);
    }

    List<String> get() {
        return given;
    }
}
