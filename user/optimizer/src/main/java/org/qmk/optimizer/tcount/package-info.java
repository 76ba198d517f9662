/// Fewer T gates: Clifford and T programs as rotations about products of Paulis.
///
/// Start at `TCountReduction`. A run of gates becomes rotations by an eighth of a turn and one
/// Clifford (`PauliProgram`); rotations that commute form a table of parities (`ParityTable`) whose
/// third-order part alone decides the T count; `ParitySearch` makes the table smaller; the
/// emissions make gates again. What a table loses below third order is put back exactly, and a
/// table of another third order is an exception, so that no search can spoil a program. The same
/// input and settings give the same gates: work is counted, never timed.
package org.qmk.optimizer.tcount;
