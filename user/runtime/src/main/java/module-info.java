/// What stands around the kernel in user mode: the loop that drives it, the journal, replay,
/// the audit log.
module qmk.runtime {
    requires transitive qmk.device;
    requires transitive qmk.kernel;
    requires transitive qmk.machine;
    requires transitive qmk.qvm;
    requires transitive qmk.verifier;
    requires qmk.codec;
    requires tools.jackson.core;

    exports org.qmk.runtime;
    exports org.qmk.runtime.token;
    exports org.qmk.runtime.audit;
}
