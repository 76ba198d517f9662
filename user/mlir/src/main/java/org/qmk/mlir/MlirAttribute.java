package org.qmk.mlir;

import java.util.List;

/// The value of an attribute, as far as the dialect has them.
sealed interface MlirAttribute {

    record Text(String text) implements MlirAttribute {}

    record Whole(long value) implements MlirAttribute {}

    record Real(double value) implements MlirAttribute {}

    record Truth(boolean value) implements MlirAttribute {}

    record Sequence(List<MlirAttribute> parts) implements MlirAttribute {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /// Anything else; nothing is known of it.
    record Other() implements MlirAttribute {}
}
