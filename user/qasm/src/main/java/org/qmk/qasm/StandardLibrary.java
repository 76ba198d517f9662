package org.qmk.qasm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The gates of qelib1.inc that are sequences of other gates.
///
/// rxx and rzz are exp(-i theta/2 P P); rccx and rc3x are the relative-phase Toffoli gates of
/// Maslov, arXiv:1508.03273, figures 3 and 4.
final class StandardLibrary {

    private static final String SEQUENCES =
            """
            gate rzz(theta) a, b { cx a, b; rz(theta) b; cx a, b; }
            gate rxx(theta) a, b { h a; h b; rzz(theta) a, b; h b; h a; }
            gate rccx a, b, c {
              h c; t c; cx b, c; tdg c; cx a, c; t c; cx b, c; tdg c; h c;
            }
            gate rc3x a, b, c, d {
              h d; t d; cx c, d; tdg d; h d;
              cx a, d; t d; cx b, d; tdg d; cx a, d; t d; cx b, d; tdg d;
              h d; t d; cx c, d; tdg d; h d;
            }
            """;

    private StandardLibrary() {}

    /// The definitions, each after those it needs.
    static List<QasmStatement.GateDefinition> sequences() {
        byte[] source = SEQUENCES.getBytes(StandardCharsets.UTF_8);
        var notes = new QasmNotes(source, "qelib1.inc", 1);
        var parser = new QasmParser(new QasmLexer(source, notes), notes, 8);
        List<QasmStatement.GateDefinition> definitions = new ArrayList<>();
        for (var next = parser.next(); next.isPresent(); next = parser.next()) {
            if (next.get() instanceof QasmStatement.GateDefinition definition)
                definitions.add(definition);
        }
        return definitions;
    }
}
