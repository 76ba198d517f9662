import org.qmk.sim.loops.BitLoops;
import org.qmk.sim.loops.FrameLoops;

/// Logical simulators: they run a graph exactly, shot by shot.
module qmk.sim {
    requires transitive qmk.qvm;

    exports org.qmk.sim;
    exports org.qmk.sim.loops;

    uses BitLoops;
    uses FrameLoops;
}
