/// Placeholder until the module's sources arrive.
module qmk.device {
    requires transitive qmk.qvm;
}
