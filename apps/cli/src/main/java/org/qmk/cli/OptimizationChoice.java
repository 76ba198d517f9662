package org.qmk.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.qmk.optimizer.OptimizerSettings;
import org.qmk.optimizer.PassName;
import org.qmk.optimizer.rotation.RotationSynthesis;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// The options that say how a program is optimised, and what is told of it.
final class OptimizationChoice {

    private final int level;
    private final OptimizerSettings.Target target;
    private final boolean ancillas;
    private final boolean joint;
    private final Optional<Long> layers;
    private final Optional<String> passes;
    private final OptionalDouble precision;
    private final boolean reports;
    private final Optional<String> reportFile;

    private OptimizationChoice(ParseResult arguments) {
        level = arguments.matchedOptionValue("-O", 0L).intValue();
        target = arguments.matchedOptionValue("--target", OptimizerSettings.Target.IDEAL);
        ancillas = arguments.matchedOptionValue("--ancillas", false);
        joint = arguments.matchedOptionValue("--joint-measurements", false);
        layers = Optional.ofNullable(arguments.matchedOptionValue("--layers", (Long) null));
        passes = Optional.ofNullable(arguments.matchedOptionValue("--passes", (String) null));
        Double error = arguments.matchedOptionValue("--precision", (Double) null);
        precision = error == null ? OptionalDouble.empty() : OptionalDouble.of(error);
        reports = arguments.matchedOptionValue("--report", false);
        reportFile =
                Optional.ofNullable(arguments.matchedOptionValue("--report-json", (String) null));
    }

    static void addTo(CommandSpec spec) {
        spec.addOption(
                QmkCommand.option("LEVEL", "-O")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 0, OptimizerSettings.LEVEL_MAX))
                        .description(
                                "Optimise: 1 takes out what cancels, 2 also makes T gates fewer,"
                                        + " in time linear in the program, 3 searches for fewer."
                                        + " Default: 0, not at all.")
                        .build());
        spec.addOption(
                QmkCommand.option("TARGET", "--target")
                        .type(OptimizerSettings.Target.class)
                        .converters(OptimizationChoice::target)
                        .completionCandidates(targets())
                        .description(
                                "What is written: all gates (ideal), only Clifford and T gates"
                                        + " (clifford+t), or rotations about Pauli products and"
                                        + " measurements of such (pauli). Default: ideal.")
                        .build());
        spec.addOption(
                QmkCommand.option("ERROR", "--precision")
                        .type(Double.class)
                        .converters(OptimizationChoice::precision)
                        .description(
                                "Of clifford+t: how far what a rotation is written as may be from"
                                        + " it, in operator norm. Default: what the program says.")
                        .build());
        spec.addOption(
                QmkCommand.option("", "--ancillas")
                        .arity("0")
                        .type(Boolean.class)
                        .description(
                                "Of -O 3: add qubits and measurements where that makes T gates"
                                        + " fewer.")
                        .build());
        spec.addOption(
                QmkCommand.option("", "--joint-measurements")
                        .arity("0")
                        .type(Boolean.class)
                        .description(
                                "Of -O 1 to 3: measure products of Z or X at once where the"
                                        + " program measures them by an ancilla.")
                        .build());
        addDetailsTo(spec);
    }

    private static void addDetailsTo(CommandSpec spec) {
        spec.addOption(
                QmkCommand.option("N", "--layers")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 0, Integer.MAX_VALUE))
                        .description(
                                "Of -O 3: how many layers of gates, one after the other, fewer T"
                                        + " gates may cost in the whole program. Default: "
                                        + OptimizerSettings.LAYERS_DEFAULT
                                        + ".")
                        .build());
        spec.addOption(
                QmkCommand.option("PASSES", "--passes")
                        .description(
                                "Do these passes in this order, with commas between, and no"
                                        + " others: "
                                        + String.join(", ", passNames())
                                        + ".")
                        .build());
        spec.addOption(
                QmkCommand.option("", "--report")
                        .arity("0")
                        .type(Boolean.class)
                        .description(
                                "Print what the program costs before and after each pass, to"
                                        + " standard error.")
                        .build());
        spec.addOption(
                QmkCommand.option("FILE", "--report-json")
                        .description("Write the same as JSON to a file.")
                        .build());
    }

    private static List<String> passNames() {
        return Arrays.stream(PassName.values()).map(PassName::text).toList();
    }

    private static List<PassName> chosen(String text) throws CommandFailure {
        List<PassName> chosen = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            Optional<PassName> pass = PassName.of(name.strip());
            if (pass.isEmpty()) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "'%s' is no pass, expected some of %s."
                                .formatted(name.strip(), String.join(", ", passNames())));
            }
            chosen.add(pass.get());
        }
        return chosen;
    }

    private static double precision(String text) {
        try {
            double error = Double.parseDouble(text);
            if (error >= RotationSynthesis.PRECISION_MIN && error <= 1) return error;
        } catch (NumberFormatException notNumber) {
            throw wrongPrecision(text);
        }
        throw wrongPrecision(text);
    }

    private static TypeConversionException wrongPrecision(String text) {
        return new TypeConversionException(
                "'%s' is no precision, expected a number from %s to 1"
                        .formatted(text, RotationSynthesis.PRECISION_MIN));
    }

    static OptimizationChoice of(ParseResult arguments) {
        return new OptimizationChoice(arguments);
    }

    private static List<String> targets() {
        return Arrays.stream(OptimizerSettings.Target.values())
                .map(OptimizerSettings.Target::text)
                .toList();
    }

    private static OptimizerSettings.Target target(String text) {
        for (OptimizerSettings.Target target : OptimizerSettings.Target.values()) {
            if (target.text().equals(text)) return target;
        }
        throw new TypeConversionException(
                "'%s' is no target, expected one of %s"
                        .formatted(text, String.join(", ", targets())));
    }

    /// @throws CommandFailure if an option would do nothing
    OptimizerSettings settings() throws CommandFailure {
        boolean searches = level == OptimizerSettings.LEVEL_MAX;
        boolean words = target == OptimizerSettings.Target.CLIFFORD_T;
        List<PassName> chosen = List.of();
        if (passes.isPresent()) {
            chosen = chosen(passes.get());
            if (level > 0 || target != OptimizerSettings.Target.IDEAL || joint) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "--passes is for no other level than 0, no --target and no"
                                + " --joint-measurements.");
            }
            searches = chosen.contains(PassName.FEWEST_T_GATES);
            words = chosen.contains(PassName.ROTATION_WORDS);
        }
        if (ancillas && !searches) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--ancillas is for -O 3 or the pass fewest-t-gates.");
        }
        if (layers.isPresent() && !searches) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--layers is for -O 3 or the pass fewest-t-gates.");
        }
        if (joint && level == 0) {
            throw new CommandFailure(ExitCode.USAGE, "--joint-measurements is for -O 1 to 3.");
        }
        if (precision.isPresent() && !words) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--precision is for --target clifford+t or the pass rotation-words.");
        }
        long most = layers.orElse(OptimizerSettings.LAYERS_DEFAULT);
        return new OptimizerSettings(level, target, ancillas, joint, most, chosen, precision);
    }

    /// Whether a report is printed.
    boolean reports() {
        return reports;
    }

    /// The file that a report is written to.
    Optional<String> reportFile() {
        return reportFile;
    }
}
