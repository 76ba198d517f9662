/// Models of machines, and the simulated device that stands in for one.
module qmk.machine {
    requires transitive qmk.device;
    requires transitive qmk.qvm;
    requires transitive qmk.sim;
    requires transitive tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    exports org.qmk.machine;
    exports org.qmk.machine.bicycle;
    exports org.qmk.machine.floor;
    exports org.qmk.machine.formula;
    exports org.qmk.machine.link;
    exports org.qmk.machine.magic;
    exports org.qmk.machine.profile;
    exports org.qmk.machine.surgery;
}
