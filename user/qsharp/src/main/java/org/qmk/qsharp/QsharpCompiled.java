package org.qmk.qsharp;

import java.util.List;

/// What compiling a Q# program gives.
public sealed interface QsharpCompiled {

    /// @param text the program as QIR
    /// @param warnings one line each
    record Qir(String text, List<String> warnings) implements QsharpCompiled {
        public Qir {
            warnings = List.copyOf(warnings);
        }
    }

    /// @param errors at least one
    record Failed(List<QsharpDiagnostic> errors) implements QsharpCompiled {
        public Failed {
            errors = List.copyOf(errors);
        }
    }
}
