/// Placeholder until the module's sources arrive.
module qmk.kernel {
    requires transitive qmk.verifier;
    requires transitive qmk.device;
    requires transitive qmk.qvm;
}
