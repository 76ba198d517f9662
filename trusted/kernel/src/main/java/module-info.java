/// The kernel: a deterministic state machine that owns the machine's blocks and every job on it.
module qmk.kernel {
    requires transitive qmk.device;
    requires transitive qmk.qvm;
    requires transitive qmk.verifier;

    exports org.qmk.kernel;
    exports org.qmk.kernel.audit;
    exports org.qmk.kernel.call;
}
