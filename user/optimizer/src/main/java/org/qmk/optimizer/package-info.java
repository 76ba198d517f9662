/// Passes that make a program cheaper and change nothing that can be observed.
///
/// A pass takes a `GateList`, a straight run of gates on numbered qubits, and gives another that
/// has the same effect up to a global phase. Each pass can be used alone. The qubits are few or
/// many, the gates up to tens of millions: columns, no object per gate. The same input gives the
/// same output on every machine.
package org.qmk.optimizer;
