package org.qmk.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.qmk.optimizer.OptimizerSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// The options that say how a program is optimised, and what is told of it.
final class OptimizationChoice {

    private final OptimizerSettings settings;
    private final boolean reports;
    private final Optional<String> reportFile;

    private OptimizationChoice(ParseResult arguments) {
        settings =
                new OptimizerSettings(
                        arguments.matchedOptionValue("-O", 0L).intValue(),
                        arguments.matchedOptionValue("--target", OptimizerSettings.Target.IDEAL));
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
                                        + " in time linear in the program, 3 takes its time for"
                                        + " it. Default: 0, not at all.")
                        .build());
        spec.addOption(
                QmkCommand.option("TARGET", "--target")
                        .type(OptimizerSettings.Target.class)
                        .converters(OptimizationChoice::target)
                        .completionCandidates(targets())
                        .description(
                                "The gates that may stay: all (ideal), or no CCZ and Toffoli"
                                        + " (clifford+t). Default: ideal.")
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

    OptimizerSettings settings() {
        return settings;
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
