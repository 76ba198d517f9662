package org.qmk.mlir;

import org.qmk.qvm.Graph;

/// What reading a module gives.
public sealed interface MlirReading {

    record Ok(Graph graph) implements MlirReading {}

    /// Reading ends at the first error.
    record Failed(MlirDiagnostic error) implements MlirReading {}
}
