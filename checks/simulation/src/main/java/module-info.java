/// Simulates a whole system with faults from a seed, and checks that no law is broken.
module qmk.simulation {
    requires transitive qmk.device;
    requires transitive qmk.kernel;
    requires transitive qmk.machine;
    requires qmk.qvm;
    requires transitive qmk.runtime;
    requires qmk.sim;
    requires qmk.verifier;

    exports org.qmk.simulation;
}
