package org.qmk.qasm;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Names of one block, inside those of the block around it.
final class QasmScope {

    private final Optional<QasmScope> outer;

    /// Whether only constants, gates and subroutines of the outer scopes are seen: in the body of
    /// a gate or subroutine.
    private final boolean isGate;

    // Looked up, never iterated.
    private Map<String, QasmSymbol> names = Map.of();

    private QasmScope(Optional<QasmScope> outer, boolean isGate) {
        this.outer = outer;
        this.isGate = isGate;
    }

    static QasmScope outermost() {
        return new QasmScope(Optional.empty(), false);
    }

    QasmScope block() {
        return new QasmScope(Optional.of(this), false);
    }

    QasmScope gate() {
        return new QasmScope(Optional.of(this), true);
    }

    /// Adds a name and says whether it was free in this scope.
    boolean declare(String name, QasmSymbol symbol) {
        if (names.isEmpty()) names = new HashMap<>(8);
        return names.putIfAbsent(name, symbol) == null;
    }

    /// Adds a name whether it was free or not.
    void replace(String name, QasmSymbol symbol) {
        if (names.isEmpty()) names = new HashMap<>(8);
        names.put(name, symbol);
    }

    Optional<QasmSymbol> find(String name) {
        boolean throughGate = false;
        for (QasmScope scope = this; ; scope = scope.outer.get()) {
            QasmSymbol found = scope.names.get(name);
            if (found != null) {
                boolean hidden = throughGate && !visibleInGate(found);
                return hidden ? Optional.empty() : Optional.of(found);
            }
            throughGate |= scope.isGate;
            if (scope.outer.isEmpty()) return Optional.empty();
        }
    }

    private static boolean visibleInGate(QasmSymbol symbol) {
        return symbol instanceof QasmSymbol.Constant
                || symbol instanceof QasmSymbol.Gate
                || symbol instanceof QasmSymbol.Subroutine
                || symbol instanceof QasmSymbol.Poisoned;
    }
}
