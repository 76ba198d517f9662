package org.qmk.codec;

import java.util.List;
import org.qmk.qvm.Graph;

/// What became of an input. A graph that was read may still be refused by the verifier.
public sealed interface Reading {

    /// @param warnings what the reader changed or passed over, in sentences
    record Ok(Graph graph, List<String> warnings) implements Reading {
        public Ok {
            warnings = List.copyOf(warnings);
        }
    }

    /// @param errors at least one, at most 100, in the order of the input
    record Failed(List<FormError> errors) implements Reading {
        public Failed {
            errors = List.copyOf(errors);
        }
    }
}
