/// What stands around the kernel in user mode: the loop that drives it, the journal, replay,
/// the audit log, and a client of servers.
module qmk.runtime {
    requires transitive qmk.device;
    requires transitive qmk.kernel;
    requires transitive qmk.machine;
    requires transitive qmk.qvm;
    requires transitive qmk.verifier;
    requires qmk.codec;
    requires java.net.http;
    requires transitive tools.jackson.core;

    exports org.qmk.runtime;
    exports org.qmk.runtime.token;
    exports org.qmk.runtime.audit;
    exports org.qmk.runtime.timeline;
    exports org.qmk.runtime.client;
}
