package org.qmk.cli;

import java.util.Locale;
import java.util.Optional;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.circuit.CircuitWriter;
import org.qmk.qec.generate.ColorMemory;
import org.qmk.qec.generate.CssCodes;
import org.qmk.qec.generate.CssLayout;
import org.qmk.qec.generate.CssMemory;
import org.qmk.qec.generate.LatticeSurgery;
import org.qmk.qec.generate.LayerNoise;
import org.qmk.qec.generate.MemoryNoise;
import org.qmk.qec.generate.NoisePass;
import org.qmk.qec.generate.RepetitionMemory;
import org.qmk.qec.generate.SurfaceMemory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `qmk qec gen`: makes circuits.
final class QecGenCommand implements Command {

    private static final String CLIFFORD = "--after-clifford-depolarization";
    private static final String ROUND = "--before-round-data-depolarization";
    private static final String MEASURE = "--before-measure-flip-probability";
    private static final String RESET = "--after-reset-flip-probability";

    /// The codes and what can be done in them.
    enum Task {
        REPETITION_CODE_MEMORY,
        SURFACE_CODE_ROTATED_MEMORY_X,
        SURFACE_CODE_ROTATED_MEMORY_Z,
        SURFACE_CODE_UNROTATED_MEMORY_X,
        SURFACE_CODE_UNROTATED_MEMORY_Z,
        COLOR_CODE_MEMORY_XYZ,
        BACON_SHOR_MEMORY_X,
        BACON_SHOR_MEMORY_Z,
        SHYPS_MEMORY_X,
        SHYPS_MEMORY_Z,
        BICYCLE_MEMORY_X,
        BICYCLE_MEMORY_Z,
        LATTICE_SURGERY_XX,
        LATTICE_SURGERY_ZZ
    }

    /// Noise of all operations of a layer.
    enum Model {
        uniform,
        si1000
    }

    private final String code;
    private final String task;
    private final int size;
    private final long rounds;
    private final MemoryNoise noise;
    private final Optional<Double> chance;
    private final Model model;
    private final Optional<String> out;

    private QecGenCommand(ParseResult arguments) {
        code = arguments.matchedOptionValue("--code", "");
        task = arguments.matchedOptionValue("--task", "");
        size = Math.toIntExact(arguments.matchedOptionValue("--distance", 0L));
        rounds = arguments.matchedOptionValue("--rounds", 0L);
        noise =
                new MemoryNoise(
                        arguments.matchedOptionValue(CLIFFORD, 0.0),
                        arguments.matchedOptionValue(ROUND, 0.0),
                        arguments.matchedOptionValue(MEASURE, 0.0),
                        arguments.matchedOptionValue(RESET, 0.0));
        chance = Optional.ofNullable(arguments.matchedOptionValue("--p", (Double) null));
        model = arguments.matchedOptionValue("--noise", Model.uniform);
        out = QecFiles.text(arguments, "--out");
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        QecGenCommand::new,
                        "gen",
                        "Make a circuit.",
                        "Tasks by code: repetition_code memory; surface_code rotated_memory_x,"
                                + " rotated_memory_z, unrotated_memory_x, unrotated_memory_z;"
                                + " color_code memory_xyz; bacon_shor, shyps and bicycle memory_x,"
                                + " memory_z; lattice_surgery xx, zz.",
                        "The distance of shyps is the r of [[(2^r-1)^2, r^2, 2^(r-1)]], that of"
                                + " bicycle the number of data qubits: 72, 90, 108, 144 or 288.",
                        "Noise is either the four chances of the field's generator, for the first"
                                + " three codes, or --p with a model, for every code.");
        required(spec, "NAME", "--code", "The code, as listed above.");
        required(spec, "NAME", "--task", "What is done in it.");
        number(spec, "--distance", "-d", Integer.MAX_VALUE, "The distance, or what stands for it.");
        number(spec, "--rounds", "-r", 1L << 40, "The rounds; of each part of lattice surgery.");
        spec.addOption(QecFiles.chance(CLIFFORD, "Depolarization behind gates."));
        spec.addOption(QecFiles.chance(ROUND, "Depolarization of data before each round."));
        spec.addOption(QecFiles.chance(MEASURE, "Flips before measurements."));
        spec.addOption(QecFiles.chance(RESET, "Flips behind resets."));
        spec.addOption(QecFiles.chance("--p", "The chance of the noise model."));
        spec.addOption(
                QmkCommand.option("MODEL", "--noise")
                        .type(Model.class)
                        .description("${COMPLETION-CANDIDATES}, with --p. Default: uniform.")
                        .build());
        spec.addOption(
                QmkCommand.option("FILE", "--out", "-o")
                        .description("Write here. Default: standard output.")
                        .build());
        return QmkCommand.withExamples(
                spec,
                "qmk qec gen --code repetition_code --task memory -d 3 -r 3 --p 0.01 -o m.stim",
                "qmk qec gen --code shyps --task memory_z -d 3 -r 2 --p 0.001");
    }

    private static void required(CommandSpec spec, String label, String name, String what) {
        spec.addOption(QmkCommand.option(label, name).required(true).description(what).build());
    }

    private static void number(
            CommandSpec spec, String name, String letter, long max, String what) {
        spec.addOption(
                QmkCommand.option("N", name, letter)
                        .required(true)
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, max))
                        .description(what)
                        .build());
    }

    private Task task() throws CommandFailure {
        String name = (code + "_" + task).toUpperCase(Locale.ROOT);
        for (Task each : Task.values()) if (each.name().equals(name)) return each;
        throw new CommandFailure(
                ExitCode.USAGE,
                "code '%s' has no task '%s'. See 'qmk qec gen --help'.".formatted(code, task));
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        try {
            Circuit circuit = circuit(task());
            if (chance.isPresent()) {
                double p = chance.get();
                circuit =
                        NoisePass.apply(
                                circuit,
                                switch (model) {
                                    case uniform -> LayerNoise.uniform(p);
                                    case si1000 -> LayerNoise.superconducting(p);
                                });
            }
            OutputFile.writeOrPrint(out, CircuitWriter.text(circuit), terminal);
            return ExitCode.DONE;
        } catch (QecFailure wrong) {
            throw new CommandFailure(ExitCode.FAILED, wrong.getMessage() + ".");
        }
    }

    private Circuit circuit(Task chosen) throws QecFailure, CommandFailure {
        boolean own = chosen.ordinal() <= Task.COLOR_CODE_MEMORY_XYZ.ordinal();
        boolean quiet = noise.equals(MemoryNoise.NONE);
        if (!quiet && (!own || chance.isPresent())) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "give the four chances or --p, and for code '%s' --p.".formatted(code));
        }
        return switch (chosen) {
            case REPETITION_CODE_MEMORY -> RepetitionMemory.of(size, rounds, noise);
            case SURFACE_CODE_ROTATED_MEMORY_X -> SurfaceMemory.rotatedX(size, rounds, noise);
            case SURFACE_CODE_ROTATED_MEMORY_Z -> SurfaceMemory.rotatedZ(size, rounds, noise);
            case SURFACE_CODE_UNROTATED_MEMORY_X -> SurfaceMemory.unrotatedX(size, rounds, noise);
            case SURFACE_CODE_UNROTATED_MEMORY_Z -> SurfaceMemory.unrotatedZ(size, rounds, noise);
            case COLOR_CODE_MEMORY_XYZ -> ColorMemory.of(size, rounds, noise);
            case BACON_SHOR_MEMORY_X -> css(CssCodes.baconShor(size), true);
            case BACON_SHOR_MEMORY_Z -> css(CssCodes.baconShor(size), false);
            case SHYPS_MEMORY_X -> css(CssCodes.shyps(size), true);
            case SHYPS_MEMORY_Z -> css(CssCodes.shyps(size), false);
            case BICYCLE_MEMORY_X -> css(CssCodes.bicycle(size), true);
            case BICYCLE_MEMORY_Z -> css(CssCodes.bicycle(size), false);
            case LATTICE_SURGERY_XX -> LatticeSurgery.xx(size, fewRounds());
            case LATTICE_SURGERY_ZZ -> LatticeSurgery.zz(size, fewRounds());
        };
    }

    /// Lattice surgery has no loops: its rounds are written out.
    private int fewRounds() throws CommandFailure {
        if (rounds <= 10_000) return (int) rounds;
        throw new CommandFailure(ExitCode.USAGE, "lattice surgery takes up to 10,000 rounds.");
    }

    private Circuit css(CssLayout layout, boolean memoryX) throws QecFailure {
        return CssMemory.of(layout, memoryX, rounds);
    }
}
