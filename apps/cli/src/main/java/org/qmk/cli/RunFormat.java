package org.qmk.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.qmk.qir.QirSchema;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/// How `qmk run` prints results: as a report, or as the output records of a QIR program.
enum RunFormat {
    TABLE("table", ResultFormat.table, null),
    JSON("json", ResultFormat.json, null),
    CSV("csv", ResultFormat.csv, null),
    QIR("qir", null, QirSchema.RUNNER),
    QIR_LABELED("qir-labeled", null, QirSchema.LABELED),
    QIR_ORDERED("qir-ordered", null, QirSchema.ORDERED);

    private final String text;
    private final ResultFormat report;
    private final QirSchema schema;

    RunFormat(String text, ResultFormat report, QirSchema schema) {
        this.text = text;
        this.report = report;
        this.schema = schema;
    }

    /// How a user names it.
    String text() {
        return text;
    }

    /// The form of the report, if it is one.
    Optional<ResultFormat> report() {
        return Optional.ofNullable(report);
    }

    /// How output records are written, if they are.
    Optional<QirSchema> schema() {
        return Optional.ofNullable(schema);
    }

    static void addTo(CommandSpec spec) {
        spec.addOption(
                QmkCommand.option("F", "--format")
                        .type(RunFormat.class)
                        .converters(RunFormat::of)
                        .completionCandidates(texts())
                        .description(
                                "${COMPLETION-CANDIDATES}. Default: table.",
                                "Of QIR programs only: the output records of every shot, as the"
                                        + " QIR runner writes them, or in the specification's"
                                        + " labeled or ordered schema. Shots with the same result"
                                        + " stand together.")
                        .build());
    }

    private static List<String> texts() {
        return Arrays.stream(values()).map(RunFormat::text).toList();
    }

    private static RunFormat of(String text) {
        for (RunFormat format : values()) {
            if (format.text.equals(text)) return format;
        }
        throw new TypeConversionException(
                "'%s' is no format, expected one of %s"
                        .formatted(text, String.join(", ", texts())));
    }
}
