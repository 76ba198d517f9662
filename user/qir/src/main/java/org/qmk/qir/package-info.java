/// QIR: the subset of LLVM IR in which compilers hand over quantum programs.
///
/// Start at `QirReader`. Text becomes a `QirModule` (`QirParser`), is held against its profile
/// (`QirValidator`) and is run once on values that measurements decide (`QirExecution`): what it
/// does to qubits becomes the graph, what it records becomes `QirOutputs`. A value is what it is
/// in each case (`QirValue`), a case is a function of measurements (`Decisions`). Nothing here
/// throws because of its input, takes more steps than `QirLimits` allows, or runs native code.
package org.qmk.qir;
