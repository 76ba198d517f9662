package org.qmk.cli;

import picocli.CommandLine.Model.CommandSpec;

/// How results are printed: for people, or as what programs read.
enum ResultFormat {
    table,
    json,
    csv;

    static void addTo(CommandSpec spec) {
        spec.addOption(
                QmkCommand.option("F", "--format")
                        .type(ResultFormat.class)
                        .description("${COMPLETION-CANDIDATES}. Default: table.")
                        .build());
    }
}
