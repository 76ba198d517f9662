import org.qmk.sim.loops.BitLoops;
import org.qmk.sim.loops.FrameLoops;
import org.qmk.sim.simd.VectorBitLoops;
import org.qmk.sim.simd.VectorFrameLoops;

/// The simulators' innermost loops in vector registers.
module qmk.sim.simd {
    requires jdk.incubator.vector;
    requires qmk.sim;

    provides BitLoops with
            VectorBitLoops;
    provides FrameLoops with
            VectorFrameLoops;
}
