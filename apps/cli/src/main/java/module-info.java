/// The `qmk` command.
module qmk.cli {
    requires qmk.qvm;
    requires qmk.verifier;
    requires qmk.device;
    requires qmk.kernel;
    requires qmk.codec;
    requires qmk.qasm;
    requires qmk.qir;
    requires qmk.mlir;
    requires qmk.qsharp;
    requires qmk.source;
    requires qmk.optimizer;
    requires qmk.qec;
    requires qmk.sim;
    requires qmk.machine;
    requires qmk.live;
    requires qmk.estimate;
    requires qmk.plot;
    requires qmk.runtime;
    requires qmk.simulation;
    requires info.picocli;
    requires tools.jackson.core;

    exports org.qmk.cli.serve;

    uses org.qmk.cli.serve.Backups;
    uses org.qmk.cli.serve.ServerStart;
}
