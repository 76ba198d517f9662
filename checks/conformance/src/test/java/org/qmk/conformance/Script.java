package org.qmk.conformance;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.qmk.qasm.QasmSettings;

/// One titled case of a script: a program and what must be true of it.
///
/// @param place `FILE:LINE` of the title
/// @param source bytes of the program
/// @param limits bounds other than the usual ones, by name
/// @param settings inputs and bound of loops, for OpenQASM
record Script(
        String place,
        String title,
        Form form,
        byte[] source,
        TreeMap<String, Integer> limits,
        QasmSettings settings,
        List<Expectation> expectations) {

    Script {
        expectations = List.copyOf(expectations);
    }

    /// How the program is written.
    enum Form {
        TEXT,
        JSON,
        QASM,
        /// Bytes in hexadecimal, in any QVM form.
        HEX
    }

    /// What must be true; README.md gives the words for each.
    sealed interface Expectation {}

    record Accept() implements Expectation {}

    /// The accepted program is one step away from being refused with each of the codes.
    record Near(List<String> codes) implements Expectation {}

    /// @param where a node, `LINE:COLUMN`, `byte N` or `graph`; nothing if it does not matter
    record Refuse(String code, Optional<String> where) implements Expectation {}

    record Distribution(List<String> bits, TreeMap<String, Double> exact) implements Expectation {}

    record SameDistribution(String title) implements Expectation {}

    record SameDigest(String title) implements Expectation {}

    record Digest(String hex) implements Expectation {}

    /// @param nodes nodes of the segment, ascending
    /// @param undo operations of the inverse program, each with its node; `-` before the node says
    ///     that the angle is negated
    record Segment(List<Integer> nodes, int depth, long tCount, int rotations, List<String> undo)
            implements Expectation {}

    /// The graph has no segment at all.
    record NoSegments() implements Expectation {}

    boolean isRefused() {
        return expectations.stream().anyMatch(Refuse.class::isInstance);
    }

    @Override
    public String toString() {
        return place + ": " + title;
    }
}
