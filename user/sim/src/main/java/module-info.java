/// Placeholder until the module's sources arrive.
module qmk.sim {
    requires transitive qmk.qvm;
}
