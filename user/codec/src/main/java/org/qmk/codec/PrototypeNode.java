package org.qmk.codec;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Guard;

/// One node of a 0.1 program as it stands in the document, handles found, nothing interpreted.
final class PrototypeNode {

    record Value(String key, String text, ArgumentFields.Written written, int offset) {}

    final List<Integer> qubits = new ArrayList<>();
    final List<Integer> channels = new ArrayList<>();
    final List<Integer> inputs = new ArrayList<>();
    final List<Integer> outputs = new ArrayList<>();
    final Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    final List<Value> values = new ArrayList<>();
    final Set<String> keys = new HashSet<>();
    Optional<String> id = Optional.empty();
    String operation = "";
    Guard guard = Guard.ALWAYS;

    /// Place in the document's list of nodes.
    int number;

    int offset;

    void clear(int number, int offset) {
        qubits.clear();
        channels.clear();
        inputs.clear();
        outputs.clear();
        capabilities.clear();
        values.clear();
        keys.clear();
        id = Optional.empty();
        operation = "";
        guard = Guard.ALWAYS;
        this.number = number;
        this.offset = offset;
    }

    void add(String key, String text, ArgumentFields.Written written, int offset) {
        values.add(new Value(key, text, written, offset));
    }

    Optional<Value> value(String key) {
        for (Value value : values) {
            if (value.key.equals(key)) return Optional.of(value);
        }
        return Optional.empty();
    }
}
