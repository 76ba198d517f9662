package org.qmk.tidy;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;

/// What a rule found, shown one finding a line.
final class TidyFindings {
    private TidyFindings() {}

    static void expectNone(List<String> findings) {
        if (!findings.isEmpty()) {
            fail(findings.size() + " found:\n" + String.join("\n", findings));
        }
    }
}
