package org.qmk.tidy;

import java.util.ArrayList;
import java.util.List;

/// The trusted base stays small enough to be read whole.
enum Budget {
    QVM("trusted/qvm", 1_518),
    VERIFIER("trusted/verifier", 1_000),
    DEVICE("trusted/device", 573),
    KERNEL("trusted/kernel", 5_176);

    /// Code lines that the whole trusted base may have.
    static final int TOTAL = 8_267;

    private final String module;
    private final int linesMax;

    Budget(String module, int linesMax) {
        this.module = module;
        this.linesMax = linesMax;
    }

    /// Says which part of the trusted base has more code lines than its budget.
    static List<String> overruns(List<TextFile> mainSources) {
        List<String> overruns = new ArrayList<>();
        int total = 0;
        for (Budget budget : values()) {
            int lines = budget.spent(mainSources);
            total += lines;
            if (lines > budget.linesMax) {
                overruns.add(sentence(budget.module, lines, budget.linesMax));
            }
        }
        if (total > TOTAL) overruns.add(sentence("trusted", total, TOTAL));
        return overruns;
    }

    /// One line a module: what is spent of what is allowed.
    static String report(List<TextFile> mainSources) {
        StringBuilder report = new StringBuilder("trusted base, code lines of budget:");
        for (Budget budget : values()) {
            report.append(' ').append(budget.module).append(' ');
            report.append(budget.spent(mainSources)).append('/').append(budget.linesMax);
        }
        return report.toString();
    }

    private int spent(List<TextFile> mainSources) {
        return mainSources.stream()
                .filter(file -> file.module().equals(module))
                .mapToInt(file -> CodeLines.of(file.text()))
                .sum();
    }

    private static String sentence(String where, int lines, int linesMax) {
        return where + " has " + lines + " code lines, at most " + linesMax + " are allowed.";
    }
}
