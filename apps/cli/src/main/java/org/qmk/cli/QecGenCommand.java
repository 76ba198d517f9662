package org.qmk.cli;

import java.util.Optional;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.CircuitWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `qmk qec gen`: makes circuits.
final class QecGenCommand implements Command {

    private final ParseResult arguments;
    private final GeneratedCircuit generated;
    private final Optional<String> out;

    private QecGenCommand(ParseResult arguments) {
        this.arguments = arguments;
        generated = new GeneratedCircuit(arguments);
        out = QecFiles.text(arguments, "--out");
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        QecGenCommand::new,
                        "gen",
                        "Make a circuit.",
                        GeneratedCircuit.DESCRIPTION[0],
                        GeneratedCircuit.DESCRIPTION[1],
                        "Noise is either the four chances of the field's generator, for the first"
                                + " three codes, or --p with a model, for every code.");
        GeneratedCircuit.addNames(spec, true);
        GeneratedCircuit.addNumbers(spec, true);
        spec.addOption(
                QmkCommand.option("FILE", "--out", "-o")
                        .description("Write here. Default: standard output.")
                        .build());
        return QmkCommand.withExamples(
                spec,
                "qmk qec gen --code repetition_code --task memory -d 3 -r 3 --p 0.01 -o m.stim",
                "qmk qec gen --code shyps --task memory_z -d 3 -r 2 --p 0.001");
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        try {
            String text = CircuitWriter.text(generated.circuit(arguments));
            OutputFile.writeOrPrint(out, text, terminal);
            return ExitCode.DONE;
        } catch (QecFailure wrong) {
            throw new CommandFailure(ExitCode.FAILED, wrong.getMessage() + ".");
        }
    }
}
