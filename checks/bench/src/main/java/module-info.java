/// Benchmarks against goals and peers.
module qmk.bench {
    requires jdk.management;
    requires jmh.core;
    requires qmk.codec;
    requires qmk.kernel;
    requires qmk.qasm;
    requires qmk.qvm;
    requires qmk.runtime;
    requires qmk.verifier;
}
