/// Holds the language, its readers, the simulators and the kernel against scripts and oracles.
module qmk.conformance {
    requires qmk.codec;
    requires qmk.device;
    requires qmk.kernel;
    requires qmk.machine;
    requires qmk.qasm;
    requires qmk.qir;
    requires qmk.qvm;
    requires qmk.runtime;
    requires qmk.sim;
    requires qmk.verifier;
}
