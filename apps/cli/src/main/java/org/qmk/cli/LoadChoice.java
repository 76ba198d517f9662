package org.qmk.cli;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.qmk.qir.QirValidation;
import org.qmk.qsharp.QsharpCompiler;
import org.qmk.qsharp.QsharpProfile;
import org.qmk.source.LoadSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// The options that say what the text of a program leaves open.
final class LoadChoice {

    /// Serves all programs of this process.
    private static final QsharpCompiler COMPILER = QsharpCompiler.ofEnvironment();

    private LoadChoice() {}

    static void addTo(CommandSpec spec) {
        spec.addOption(
                QmkCommand.option("N", "--loop-bound")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, LoadSettings.LOOP_BOUND_MAX))
                        .description(
                                "Of QIR: end shots that go round a loop more often than this"
                                        + " because of what they measure. Of OpenQASM: rounds of"
                                        + " such loops, where the program states none; result"
                                        + " loop-overflow is 1 where there were more to go.")
                        .build());
        spec.addOption(
                QmkCommand.option("NAME=VALUE", "--input")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .converters(LoadChoice::input)
                        .description(
                                "Of OpenQASM: the value of an input, such as theta=pi/4. May be"
                                        + " repeated; of one name the last counts.")
                        .build());
        spec.addOption(
                QmkCommand.option("MODE", "--qir")
                        .type(QirValidation.class)
                        .converters(LoadChoice::validation)
                        .completionCandidates(names())
                        .description(
                                "Of QIR: take what compilers write (interop), or hold it to the"
                                        + " word of the specification (strict). Default: interop.")
                        .build());
    }

    /// For commands that read programs on this machine.
    static void addQsharpTo(CommandSpec spec) {
        List<String> profiles =
                Arrays.stream(QsharpProfile.values()).map(QsharpProfile::word).toList();
        spec.addOption(
                QmkCommand.option("PROFILE", "--qsharp")
                        .type(QsharpProfile.class)
                        .converters(text -> profile(text, profiles))
                        .completionCandidates(profiles)
                        .description(
                                "Of Q#: the QIR profile to compile for,"
                                        + " ${COMPLETION-CANDIDATES}. Default: "
                                        + QsharpProfile.DEFAULT.word()
                                        + ".")
                        .build());
    }

    private static QsharpProfile profile(String text, List<String> profiles) {
        return QsharpProfile.named(text)
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'%s' is no profile, expected one of %s"
                                                .formatted(text, String.join(", ", profiles))));
    }

    private static List<String> names() {
        return Arrays.stream(QirValidation.values()).map(QirValidation::word).toList();
    }

    private static QirValidation validation(String text) {
        return QirValidation.named(text)
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'%s' is no mode, expected one of %s"
                                                .formatted(text, String.join(", ", names()))));
    }

    private static String input(String text) {
        if (text.indexOf('=') > 0) return text;
        throw new TypeConversionException("'%s' is no input, expected NAME=VALUE".formatted(text));
    }

    static LoadSettings of(ParseResult arguments) {
        Map<String, String> inputs = new HashMap<>();
        for (String input : arguments.matchedOptionValue("--input", List.<String>of())) {
            int equals = input.indexOf('=');
            inputs.put(input.substring(0, equals), input.substring(equals + 1));
        }
        Long bound = arguments.matchedOptionValue("--loop-bound", (Long) null);
        return new LoadSettings(
                inputs,
                bound == null ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(bound)),
                arguments.matchedOptionValue("--qir", LoadSettings.DEFAULT.validation()),
                Optional.of(
                        new LoadSettings.QsharpUse(
                                COMPILER,
                                arguments.matchedOptionValue("--qsharp", QsharpProfile.DEFAULT))));
    }
}
