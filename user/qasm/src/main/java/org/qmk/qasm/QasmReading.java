package org.qmk.qasm;

import java.util.List;
import org.qmk.qvm.Graph;

/// What reading a program gives: a graph, or every error found.
public sealed interface QasmReading {

    /// @param warnings in the order of the source
    record Ok(Graph graph, List<QasmDiagnostic> warnings) implements QasmReading {
        public Ok {
            warnings = List.copyOf(warnings);
        }
    }

    /// @param errors in the order of the source, at least one
    record Failed(List<QasmDiagnostic> errors) implements QasmReading {
        public Failed {
            errors = List.copyOf(errors);
        }
    }
}
