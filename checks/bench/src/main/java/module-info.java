/// Benchmarks against goals and peers.
module qmk.bench {
    requires jdk.management;
    requires jmh.core;
    requires qmk.codec;
    requires qmk.device;
    requires qmk.kernel;
    requires qmk.live;
    requires qmk.machine;
    requires qmk.optimizer;
    requires qmk.plot;
    requires qmk.qasm;
    requires qmk.qec;
    requires qmk.qvm;
    requires qmk.runtime;
    requires qmk.sim;
    requires qmk.verifier;
}
