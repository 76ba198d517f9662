import org.qmk.sim.loops.BitLoops;
import org.qmk.sim.simd.VectorBitLoops;

/// The simulators' innermost loops in vector registers.
module qmk.sim.simd {
    requires jdk.incubator.vector;
    requires qmk.sim;

    provides BitLoops with
            VectorBitLoops;
}
