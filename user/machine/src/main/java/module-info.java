/// Models of machines, and the simulated device that stands in for one.
module qmk.machine {
    requires transitive qmk.device;
    requires transitive qmk.qvm;
    requires transitive qmk.sim;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    exports org.qmk.machine;
    exports org.qmk.machine.floor;
}
