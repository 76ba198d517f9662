/// Graph-to-graph passes that make a program cheaper.
module qmk.optimizer {
    requires transitive qmk.qvm;

    exports org.qmk.optimizer;
    exports org.qmk.optimizer.tcount;
    exports org.qmk.optimizer.rotation;
}
