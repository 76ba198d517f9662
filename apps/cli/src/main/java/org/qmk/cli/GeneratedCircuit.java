package org.qmk.cli;

import java.util.Locale;
import java.util.Optional;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.generate.ColorMemory;
import org.qmk.qec.generate.CssCodes;
import org.qmk.qec.generate.CssLayout;
import org.qmk.qec.generate.CssMemory;
import org.qmk.qec.generate.Distillation;
import org.qmk.qec.generate.LatticeSurgery;
import org.qmk.qec.generate.LayerNoise;
import org.qmk.qec.generate.MemoryNoise;
import org.qmk.qec.generate.NoisePass;
import org.qmk.qec.generate.RepetitionMemory;
import org.qmk.qec.generate.SurfaceMemory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The options that say which circuit is generated, with which noise.
final class GeneratedCircuit {

    /// What the help of a command with these options says.
    static final String[] DESCRIPTION = {
        "Tasks by code: repetition_code memory; surface_code rotated_memory_x,"
                + " rotated_memory_z, unrotated_memory_x, unrotated_memory_z;"
                + " color_code memory_xyz; bacon_shor, shyps and bicycle memory_x,"
                + " memory_z; lattice_surgery xx, zz; distillation 15_to_1.",
        "The distance of shyps is the r of [[(2^r-1)^2, r^2, 2^(r-1)]], that of"
                + " bicycle the number of data qubits: 72, 90, 108, 144 or 288. That of"
                + " distillation is 3; its rounds are states made, its --p the chance of a bad"
                + " state."
    };

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
        LATTICE_SURGERY_ZZ,
        DISTILLATION_15_TO_1
    }

    /// Noise that one chance describes.
    enum Model {
        uniform,
        si1000,
        stim
    }

    /// Which detectors memories of CSS codes have.
    enum Detectors {
        all,
        kept
    }

    private final String code;
    private final String task;
    private final Model model;
    private final Detectors detectors;

    GeneratedCircuit(ParseResult arguments) {
        code = arguments.matchedOptionValue("--code", "");
        task = arguments.matchedOptionValue("--task", "");
        model = arguments.matchedOptionValue("--noise", Model.uniform);
        detectors = arguments.matchedOptionValue("--detectors", Detectors.all);
    }

    /// Adds the options that every circuit has.
    static void addNames(CommandSpec spec, boolean required) {
        named(spec, required, "--code", "The code, as listed above.");
        named(spec, required, "--task", "What is done in it.");
        spec.addOption(
                QmkCommand.option("MODEL", "--noise")
                        .type(Model.class)
                        .description(
                                "${COMPLETION-CANDIDATES}, with --p; stim is the field's generator"
                                        + " with its four chances alike. Default: uniform.")
                        .build());
        spec.addOption(
                QmkCommand.option("WHICH", "--detectors")
                        .type(Detectors.class)
                        .description(
                                "${COMPLETION-CANDIDATES}: kept are those of the letter that a"
                                        + " memory of bacon_shor, shyps or bicycle keeps."
                                        + " Default: all.")
                        .build());
    }

    private static void named(CommandSpec spec, boolean required, String name, String what) {
        spec.addOption(
                QmkCommand.option("NAME", name).required(required).description(what).build());
    }

    /// Adds the options of one circuit.
    static void addNumbers(CommandSpec spec, boolean required) {
        number(
                spec,
                required,
                Integer.MAX_VALUE,
                "The distance, or what stands for it.",
                "--distance",
                "-d");
        number(
                spec,
                required,
                1L << 40,
                "The rounds; of each part of lattice surgery.",
                "--rounds",
                "-r");
        spec.addOption(QecFiles.chance(CLIFFORD, "Depolarization behind gates."));
        spec.addOption(QecFiles.chance(ROUND, "Depolarization of data before each round."));
        spec.addOption(QecFiles.chance(MEASURE, "Flips before measurements."));
        spec.addOption(QecFiles.chance(RESET, "Flips behind resets."));
        spec.addOption(QecFiles.chance("--p", "The chance of the noise model."));
    }

    private static void number(
            CommandSpec spec, boolean required, long max, String what, String... names) {
        spec.addOption(
                QmkCommand.option("N", names)
                        .required(required)
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, max))
                        .description(what)
                        .build());
    }

    /// The circuit that the options of one circuit describe.
    Circuit circuit(ParseResult arguments) throws QecFailure, CommandFailure {
        var noise =
                new MemoryNoise(
                        arguments.matchedOptionValue(CLIFFORD, 0.0),
                        arguments.matchedOptionValue(ROUND, 0.0),
                        arguments.matchedOptionValue(MEASURE, 0.0),
                        arguments.matchedOptionValue(RESET, 0.0));
        var chance = Optional.ofNullable(arguments.matchedOptionValue("--p", (Double) null));
        int size = Math.toIntExact(arguments.matchedOptionValue("--distance", 0L));
        long rounds = arguments.matchedOptionValue("--rounds", 0L);
        Task chosen = task();
        boolean isQuiet = noise.equals(MemoryNoise.NONE);
        if (!isQuiet && (!isPeers(chosen) || chance.isPresent())) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "give the four chances or --p, and for code '%s' --p.".formatted(code));
        }
        return chance.isPresent()
                ? circuit(size, rounds, chance.get())
                : of(chosen, size, rounds, noise);
    }

    /// The circuit with the noise of the model.
    Circuit circuit(int size, long rounds, double p) throws QecFailure, CommandFailure {
        Task chosen = task();
        if (model == Model.stim && !isPeers(chosen)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "code '%s' has no noise model stim.".formatted(code));
        }
        if (chosen == Task.DISTILLATION_15_TO_1) {
            if (model == Model.uniform) return Distillation.fifteenToOne(size, few(rounds), p);
            throw new CommandFailure(
                    ExitCode.USAGE, "code '%s' has no noise model %s.".formatted(code, model));
        }
        return switch (model) {
            case uniform -> layered(chosen, size, rounds, LayerNoise.uniform(p));
            case si1000 -> layered(chosen, size, rounds, LayerNoise.superconducting(p));
            case stim -> of(chosen, size, rounds, MemoryNoise.uniform(p));
        };
    }

    private Circuit layered(Task chosen, int size, long rounds, LayerNoise noise)
            throws QecFailure, CommandFailure {
        return NoisePass.apply(of(chosen, size, rounds, MemoryNoise.NONE), noise);
    }

    /// The code and the task in one word.
    String name() {
        return code + ":" + task;
    }

    /// The noise model's name.
    String noise() {
        return model.name();
    }

    /// How the code of a size is called.
    String label(int size) {
        String letter =
                switch (code) {
                    case "shyps" -> "r";
                    case "bicycle" -> "n";
                    default -> "d";
                };
        return letter + " = " + size;
    }

    /// Whether sizes of the code are no distances.
    boolean isSizedByOther() {
        return !label(0).startsWith("d");
    }

    private Task task() throws CommandFailure {
        String name = (code + "_" + task).toUpperCase(Locale.ROOT);
        for (Task each : Task.values()) if (each.name().equals(name)) return each;
        throw new CommandFailure(
                ExitCode.USAGE,
                "code '%s' has no task '%s'. See 'qmk qec gen --help'.".formatted(code, task));
    }

    /// Whether the field's generator has the code.
    private static boolean isPeers(Task chosen) {
        return chosen.ordinal() <= Task.COLOR_CODE_MEMORY_XYZ.ordinal();
    }

    private Circuit of(Task chosen, int size, long rounds, MemoryNoise noise)
            throws QecFailure, CommandFailure {
        if (detectors == Detectors.kept && !isCss(chosen)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "code '%s' has no choice of --detectors.".formatted(code));
        }
        return switch (chosen) {
            case REPETITION_CODE_MEMORY -> RepetitionMemory.of(size, rounds, noise);
            case SURFACE_CODE_ROTATED_MEMORY_X -> SurfaceMemory.rotatedX(size, rounds, noise);
            case SURFACE_CODE_ROTATED_MEMORY_Z -> SurfaceMemory.rotatedZ(size, rounds, noise);
            case SURFACE_CODE_UNROTATED_MEMORY_X -> SurfaceMemory.unrotatedX(size, rounds, noise);
            case SURFACE_CODE_UNROTATED_MEMORY_Z -> SurfaceMemory.unrotatedZ(size, rounds, noise);
            case COLOR_CODE_MEMORY_XYZ -> ColorMemory.of(size, rounds, noise);
            case BACON_SHOR_MEMORY_X -> css(CssCodes.baconShor(size), true, rounds);
            case BACON_SHOR_MEMORY_Z -> css(CssCodes.baconShor(size), false, rounds);
            case SHYPS_MEMORY_X -> css(CssCodes.shyps(size), true, rounds);
            case SHYPS_MEMORY_Z -> css(CssCodes.shyps(size), false, rounds);
            case BICYCLE_MEMORY_X -> CssMemory.bicycle(size, true, rounds, chosenDetectors());
            case BICYCLE_MEMORY_Z -> CssMemory.bicycle(size, false, rounds, chosenDetectors());
            case LATTICE_SURGERY_XX -> LatticeSurgery.xx(size, few(rounds));
            case LATTICE_SURGERY_ZZ -> LatticeSurgery.zz(size, few(rounds));
            case DISTILLATION_15_TO_1 -> Distillation.fifteenToOne(size, few(rounds), 0);
        };
    }

    /// Some circuits have no loops: their rounds are written out.
    private int few(long rounds) throws CommandFailure {
        if (rounds <= 10_000) return (int) rounds;
        throw new CommandFailure(
                ExitCode.USAGE, "code '%s' takes up to 10,000 rounds.".formatted(code));
    }

    private Circuit css(CssLayout layout, boolean memoryX, long rounds) throws QecFailure {
        return CssMemory.of(layout, memoryX, rounds, chosenDetectors());
    }

    private CssMemory.Detectors chosenDetectors() {
        return switch (detectors) {
            case all -> CssMemory.Detectors.ALL;
            case kept -> CssMemory.Detectors.KEPT;
        };
    }

    private static boolean isCss(Task chosen) {
        return chosen.compareTo(Task.BACON_SHOR_MEMORY_X) >= 0
                && chosen.compareTo(Task.BICYCLE_MEMORY_Z) <= 0;
    }
}
