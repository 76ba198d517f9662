/// Reads OpenQASM 3 and 2 into QVM graphs, and writes graphs as OpenQASM 3.
/// Start at `QasmReader`; `QasmParser` makes statements, `QasmLowering` runs them one by one.
/// Invariants: one pass over the source; what is emitted equals the program exactly, up to a
/// global phase; every bound is in `QasmLimits`; the same bytes give the same graph.
/// It must never throw for any input, follow an `include` to a file, or execute anything.
/// It knows nothing of verifiers, kernels and simulators: a stranger can use it as a library.
package org.qmk.qasm;
