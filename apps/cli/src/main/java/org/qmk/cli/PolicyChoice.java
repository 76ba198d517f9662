package org.qmk.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.qmk.kernel.call.Policy;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/// The orders in which a kernel can serve jobs, as an option names them.
final class PolicyChoice {

    private PolicyChoice() {}

    /// @param purpose what the command does with it
    static OptionSpec option(String purpose) {
        return QmkCommand.option("NAME", "--policy")
                .type(Policy.Order.class)
                .converters(PolicyChoice::of)
                .completionCandidates(names())
                .description(purpose, "${COMPLETION-CANDIDATES}.")
                .build();
    }

    static List<String> names() {
        return Stream.of(Policy.Order.values()).map(PolicyChoice::name).toList();
    }

    private static String name(Policy.Order order) {
        return order.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Policy.Order of(String text) {
        for (Policy.Order order : Policy.Order.values()) {
            if (name(order).equals(text)) return order;
        }
        throw new TypeConversionException(
                "'%s' is no policy, expected one of %s"
                        .formatted(text, String.join(", ", names())));
    }
}
