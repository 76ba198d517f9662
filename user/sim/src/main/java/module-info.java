import org.qmk.sim.loops.AmplitudeLoops;
import org.qmk.sim.loops.BitLoops;
import org.qmk.sim.loops.FrameLoops;
import org.qmk.sim.loops.MessageLoops;

/// Logical simulators: they run a graph exactly, shot by shot.
module qmk.sim {
    requires jdk.management;
    requires transitive qmk.qvm;

    exports org.qmk.sim;
    exports org.qmk.sim.loops;

    uses AmplitudeLoops;
    uses BitLoops;
    uses FrameLoops;
    uses MessageLoops;
}
