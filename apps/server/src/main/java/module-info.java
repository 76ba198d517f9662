/// The multi-tenant server: qSyscall, storage, metrics and the page.
module qmk.server {
    requires qmk.qvm;
    requires qmk.verifier;
    requires qmk.device;
    requires qmk.kernel;
    requires qmk.codec;
    requires qmk.source;
    requires qmk.sim;
    requires qmk.machine;
    requires qmk.runtime;
}
