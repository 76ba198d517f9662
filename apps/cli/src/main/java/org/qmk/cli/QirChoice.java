package org.qmk.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.qmk.qir.QirSettings;
import org.qmk.qir.QirValidation;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// The options that say how QIR is read. Other languages have no use for them.
final class QirChoice {

    private static final long ROUNDS_MAX = 1_000_000;

    private QirChoice() {}

    static void addTo(CommandSpec spec) {
        spec.addOption(
                QmkCommand.option("N", "--loop-bound")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, ROUNDS_MAX))
                        .description(
                                "Of QIR: end shots that go round a loop more often than this"
                                        + " because of what they measure.")
                        .build());
        spec.addOption(
                QmkCommand.option("MODE", "--qir")
                        .type(QirValidation.class)
                        .converters(QirChoice::validation)
                        .completionCandidates(names())
                        .description(
                                "Of QIR: take what compilers write (interop), or hold it to the"
                                        + " word of the specification (strict). Default: interop.")
                        .build());
    }

    private static List<String> names() {
        return Arrays.stream(QirValidation.values()).map(QirChoice::name).toList();
    }

    private static String name(QirValidation validation) {
        return validation.name().toLowerCase(Locale.ROOT);
    }

    private static QirValidation validation(String text) {
        for (QirValidation validation : QirValidation.values()) {
            if (name(validation).equals(text)) return validation;
        }
        throw new TypeConversionException(
                "'%s' is no mode, expected one of %s".formatted(text, String.join(", ", names())));
    }

    static QirSettings of(ParseResult arguments) {
        QirValidation validation =
                arguments.matchedOptionValue("--qir", QirSettings.DEFAULT.validation());
        QirSettings settings = QirSettings.DEFAULT.with(validation);
        Long bound = arguments.matchedOptionValue("--loop-bound", (Long) null);
        return bound == null ? settings : settings.withLoopBound(Math.toIntExact(bound));
    }
}
