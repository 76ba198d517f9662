package org.qmk.cli;

import org.qmk.device.TileFloor;
import org.qmk.machine.surgery.BlockLayout;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// `qmk machine layout`: logical qubits on tiles.
final class MachineLayoutCommand implements Command {

    private final BlockLayout block;
    private final int qubits;

    private MachineLayoutCommand(ParseResult arguments) {
        block = arguments.matchedOptionValue("--block", BlockLayout.FAST);
        qubits = arguments.matchedOptionValue("-n", 1);
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        MachineLayoutCommand::new,
                        "layout",
                        "Print a data block of n logical qubits as tiles.",
                        "Q is a qubit, . a lane and # no tile: the rows can stand as floor in a"
                                + " machine file.");
        spec.addOption(
                QmkCommand.option("KIND", "--block")
                        .type(BlockLayout.class)
                        .converters(MachineLayoutCommand::blockOf)
                        .description("compact, intermediate or fast. Default: fast.")
                        .build());
        spec.addOption(
                QmkCommand.option("N", "-n")
                        .required(true)
                        .type(Integer.class)
                        .converters(MachineLayoutCommand::qubitsOf)
                        .description("Logical qubits.")
                        .build());
        return QmkCommand.withExamples(spec, "qmk machine layout --block compact -n 9");
    }

    private static BlockLayout blockOf(String word) {
        return BlockLayout.named(word)
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'%s' is no data block, expected compact, intermediate or"
                                                        .formatted(word)
                                                + " fast"));
    }

    private static int qubitsOf(String word) {
        String expected = "'%s' is no number of qubits, expected 1 to %d";
        try {
            int qubits = Integer.parseInt(word);
            if (qubits >= 1 && qubits <= BlockLayout.QUBITS_MAX) return qubits;
        } catch (NumberFormatException noNumber) {
            throw new TypeConversionException(expected.formatted(word, BlockLayout.QUBITS_MAX));
        }
        throw new TypeConversionException(expected.formatted(word, BlockLayout.QUBITS_MAX));
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        TileFloor floor = block.floor(qubits);
        terminal.print(
                "%s block, %d qubits, %d tiles, %d steps a magic state\n"
                        .formatted(
                                block.word(),
                                qubits,
                                block.tiles(qubits),
                                block.stepsPerMagicState()));
        for (String row : floor.rows()) terminal.print(row + "\n");
        return ExitCode.DONE;
    }
}
