/// Placeholder until the module's sources arrive.
module qmk.machine {
    requires transitive qmk.device;
    requires transitive qmk.sim;
    requires transitive qmk.qvm;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;
}
