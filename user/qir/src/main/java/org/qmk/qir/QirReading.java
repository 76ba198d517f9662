package org.qmk.qir;

import java.util.List;
import org.qmk.qvm.Graph;

/// What reading a program gives: a graph and what it records, or every error found.
public sealed interface QirReading {

    /// @param outputs how the bits of a result become output records
    /// @param warnings in the order of the source
    record Ok(Graph graph, QirOutputs outputs, List<QirDiagnostic> warnings) implements QirReading {
        public Ok {
            warnings = List.copyOf(warnings);
        }
    }

    /// @param errors in the order of the source, at least one
    record Failed(List<QirDiagnostic> errors) implements QirReading {
        public Failed {
            errors = List.copyOf(errors);
        }
    }
}
