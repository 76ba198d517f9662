package org.qmk.codec;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Rule;
import org.qmk.qvm.Violation;

/// What readers say about the names of capabilities.
final class Capabilities {

    private Capabilities() {}

    static Violation unknown(String where, String text) {
        String known =
                Arrays.stream(Capability.values())
                        .map(Capability::text)
                        .collect(Collectors.joining(", "));
        return Violation.of(
                Rule.CAP_UNKNOWN,
                Violation.NO_NODE,
                "where",
                where,
                "found",
                FormErrors.quoted(text),
                "expected",
                known);
    }
}
