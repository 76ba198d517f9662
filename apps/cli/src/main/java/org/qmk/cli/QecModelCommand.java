package org.qmk.cli;

import java.util.Optional;
import org.qmk.qec.QecFailure;
import org.qmk.qec.analysis.AnalysisOptions;
import org.qmk.qec.analysis.ErrorAnalysis;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.dem.DetectorErrorModel;
import org.qmk.qec.dem.ModelWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `qmk qec dem`: the detector error model of a circuit.
final class QecModelCommand implements Command {

    private static final String DISJOINT = "--approximate-disjoint-errors";
    private static final String KEEP = "--ignore-decomposition-failures";
    private static final String BLOCK = "--block-decomposition-from-introducing-remnant-edges";

    private final String file;
    private final AnalysisOptions options;
    private final Optional<String> out;

    private QecModelCommand(ParseResult arguments) {
        file = arguments.matchedPositionalValue(0, InputFile.STDIN);
        options =
                new AnalysisOptions(
                        arguments.hasMatchedOption("--decompose-errors"),
                        arguments.hasMatchedOption("--fold-loops"),
                        arguments.hasMatchedOption("--allow-gauge-detectors"),
                        arguments.matchedOptionValue(DISJOINT, 0.0),
                        arguments.hasMatchedOption(KEEP),
                        arguments.hasMatchedOption(BLOCK));
        out = QecFiles.text(arguments, "--out");
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        QecModelCommand::new, "dem", "Make the detector error model of a circuit.");
        spec.addPositional(QmkCommand.operand("FILE", "The circuit, .stim; - is standard input."));
        spec.addOption(
                QecFiles.flag(
                        "--decompose-errors",
                        "Split errors into parts of at most two detectors, as matching needs."));
        spec.addOption(QecFiles.flag("--fold-loops", "Keep loops that repeat themselves."));
        spec.addOption(
                QecFiles.flag(
                        "--allow-gauge-detectors",
                        "Make random detectors errors of chance 1/2 instead of refusing them."));
        spec.addOption(
                QecFiles.chance(
                        DISJOINT,
                        "Take errors that exclude each other as independent, up to this chance."));
        spec.addOption(QecFiles.flag(KEEP, "Leave errors that cannot be split as they are."));
        spec.addOption(QecFiles.flag(BLOCK, "Split into parts only that are errors."));
        spec.addOption(
                QmkCommand.option("FILE", "--out", "-o")
                        .description("Write here. Default: standard output.")
                        .build());
        return QmkCommand.withExamples(
                spec,
                "qmk qec gen --code repetition_code --task memory -d 3 -r 3 --p 0.01 -o m.stim",
                "qmk qec dem m.stim --decompose-errors --fold-loops");
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        Circuit circuit = QecFiles.circuit(file, terminal);
        try {
            DetectorErrorModel model = ErrorAnalysis.of(circuit, options);
            OutputFile.writeOrPrint(out, ModelWriter.text(model), terminal);
            return ExitCode.DONE;
        } catch (QecFailure wrong) {
            throw QecFiles.failure(file, wrong);
        }
    }
}
