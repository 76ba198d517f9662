/// The innermost loops of the simulators, written with the JDK's Vector API. The simulators find
/// them as services; where this module is absent they use the scalar loops of `org.qmk.sim.loops`.
///
/// Start with the interface that a class implements: it says what each loop does. Each loop has the
/// widest registers that the machine prefers, and handles what is left over element by element.
///
/// Results are the same bits as the scalar loops': no loop reorders a sum, none fuses a multiply
/// with an add unless its interface says so. Tests hold every loop against its scalar twin at sizes
/// 0, 1, 2, odd, a register plus and minus one, and large. Nothing here keeps state, allocates, or
/// checks its arguments beyond what the JVM does.
package org.qmk.sim.simd;
