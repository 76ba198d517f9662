import org.qmk.sim.loops.AmplitudeLoops;
import org.qmk.sim.loops.BitLoops;
import org.qmk.sim.loops.FrameLoops;
import org.qmk.sim.loops.MessageLoops;
import org.qmk.sim.simd.VectorBitLoops;
import org.qmk.sim.simd.VectorDoubleLoops;
import org.qmk.sim.simd.VectorFloatLoops;
import org.qmk.sim.simd.VectorFrameLoops;
import org.qmk.sim.simd.VectorMessageLoops;

/// The simulators' innermost loops in vector registers.
module qmk.sim.simd {
    requires jdk.incubator.vector;
    requires qmk.sim;

    provides AmplitudeLoops with
            VectorDoubleLoops,
            VectorFloatLoops;
    provides BitLoops with
            VectorBitLoops;
    provides FrameLoops with
            VectorFrameLoops;
    provides MessageLoops with
            VectorMessageLoops;
}
