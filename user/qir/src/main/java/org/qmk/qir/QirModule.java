package org.qmk.qir;

import java.util.List;
import java.util.Optional;

/// A module of LLVM IR.
///
/// @param functions by index, in the order in which they are first named
/// @param globals by index
/// @param flags in the order of the module
record QirModule(List<QirFunction> functions, List<Variable> globals, List<Flag> flags) {

    QirModule {
        functions = List.copyOf(functions);
        globals = List.copyOf(globals);
        flags = List.copyOf(flags);
    }

    /// A global: a constant, or a variable with its first value.
    record Variable(String name, int at, QirType type, QirOperand value, boolean isConstant) {}

    /// A statement of the module about itself.
    ///
    /// @param behaviour what a linker does when two modules differ
    /// @param value what is stated: a number, or a list of types
    record Flag(int at, long behaviour, String name, List<String> value) {

        Flag {
            value = List.copyOf(value);
        }

        /// The number that is stated, if it is one.
        Optional<Long> number() {
            if (value.size() != 1) return Optional.empty();
            try {
                return Optional.of(Long.parseLong(value.getFirst()));
            } catch (NumberFormatException _) {
                return Optional.empty(); // it is a text
            }
        }
    }

    Optional<Flag> flag(String name) {
        return flags.stream().filter(flag -> flag.name().equals(name)).findFirst();
    }
}
